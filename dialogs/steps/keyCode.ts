import { codeStepCard } from '../../cards/codeStep';
import { verifyKeyEntry } from '../../domain/integrations/enterKey';
import type { Integration, IntegrationKind } from '../../domain/integrations/integration';
import type { KeyEntryDeps } from '../../domain/integrations/integrationDeps';
import { keyEntryLink } from '../../domain/integrations/keyEntryLink';
import { cancelLinks } from '../../domain/links/code';
import { permit } from '../../domain/people/permit';
import type { Stored } from '../../domain/ports';
import type { Step, StepContext, StepResult } from '../dialog';
import { type CodeAnswer, codeAnswer, wrongCode } from './code';

/** A new account, or a known one (`integrationId`) that gets another key. */
export interface KeyValues {
  kind?: IntegrationKind;
  integrationId?: string;
  address: string;
  name: string;
}

/** The button to the page for the key, and the question for the code that the page then shows. */
export function withKeyLink(values: KeyValues, again?: true): StepResult<KeyValues> {
  const { kind, integrationId, address, name } = values;
  const account = integrationId || !kind ? { integrationId: integrationId ?? '' } : { kind, address };
  const text = `Enter the API key of ${name} on our page: never here in the chat. The link is for you alone and works for ten minutes.`;
  const link = { kind: 'keyEntry' as const, text, title: 'Enter API key', account, ...(again && { again }) };
  return { go: 'code', values, say: { link } };
}

/** `ended` says how the dialog goes on after the key is kept. */
export function keyCodeStep(
  deps: KeyEntryDeps,
  ended: (integration: Stored<Integration>, added: boolean) => StepResult<KeyValues>,
): Step<KeyValues> {
  return {
    ...codeAnswer('page'),
    waitsFor: 'keyEntry',
    left: ({ actor, conversationKey }) => cancelLinks(deps, keyEntryLink, actor, conversationKey),
    async card({ name }, shown) {
      const intro =
        'The page tests the key and then shows six digits. Keyturn gets them by itself. If not, type them.';
      return codeStepCard({ ...shown, heading: `API key of ${name}`, intro, newLink: 'New link' });
    },
    async handle(answer: CodeAnswer, values, context) {
      permit(context.actor, 'integrations.manage');
      if (answer.do === 'newLink') return withKeyLink(values, true);
      if (answer.do === 'submit') return verify(deps, answer.code, context, ended);
      await cancelLinks(deps, keyEntryLink, context.actor, context.conversationKey);
      return { stay: 'The page was closed before it was finished. Choose New link to try again.' };
    },
  };
}

async function verify(
  deps: KeyEntryDeps,
  code: string,
  { actor, conversationKey, requestId }: StepContext,
  ended: (integration: Stored<Integration>, added: boolean) => StepResult<KeyValues>,
): Promise<StepResult<KeyValues>> {
  const verified = await verifyKeyEntry(deps, actor, { conversationKey, code, requestId });
  if (verified.outcome === 'wrong') return wrongCode('page', verified.left);
  if (verified.outcome === 'ended') return { stay: `${verified.sentence} Choose New link.` };
  if (verified.outcome === 'notYet') return { stay: verified.sentence };
  return ended(verified.integration, verified.outcome === 'added');
}
