import { z } from 'zod';
import { keyCodeStepCard } from '../../cards/keyCodeStep';
import { verifyKeyEntry } from '../../domain/integrations/enterKey';
import type { Integration, IntegrationKind } from '../../domain/integrations/integration';
import type { KeyEntryDeps } from '../../domain/integrations/integrationDeps';
import { keyEntryLink } from '../../domain/integrations/keyEntryLink';
import { cancelLinks } from '../../domain/links/code';
import { permit } from '../../domain/people/permit';
import type { Stored } from '../../domain/ports';
import type { Step, StepContext, StepResult } from '../dialog';

/** A new account, or a known one (`integrationId`) that gets another key. */
export interface KeyValues {
  kind?: IntegrationKind;
  integrationId?: string;
  address: string;
  name: string;
}

const CANCELLED_BY_TEAMS = 'CancelledByUser';

/** The button to the page for the key, and the question for the code that the page then shows. */
export function withKeyLink(values: KeyValues): StepResult<KeyValues> {
  const { kind, integrationId, address, name } = values;
  const account = integrationId || !kind ? { integrationId: integrationId ?? '' } : { kind, address };
  const text = `Enter the API key of ${name} on our page: never here in the chat. The link is for you alone and works for ten minutes.`;
  return { go: 'code', values, say: { link: { kind: 'keyEntry', text, title: 'Enter API key', account } } };
}

type CodeAnswer = { do: 'submit'; code: string } | { do: 'newLink' } | { do: 'closed' };

/** `ended` says how the dialog goes on after the key is kept. */
export function keyCodeStep(
  deps: KeyEntryDeps,
  ended: (integration: Stored<Integration>, added: boolean) => StepResult<KeyValues>,
): Step<KeyValues> {
  return {
    answer: z.discriminatedUnion('do', [
      z.object({
        do: z.literal('submit'),
        code: z.string({ message: 'Type the six digits that the page shows.' }).max(100),
      }),
      z.object({ do: z.literal('newLink') }),
      z.object({ do: z.literal('closed') }),
    ]),
    fromText: (code) => ({ do: 'submit', code }),
    fromCode: (code) => (code === CANCELLED_BY_TEAMS ? { do: 'closed' } : { do: 'submit', code }),
    summary: () => 'A new link was asked for.',
    async card({ name }, { at, canGoBack }, problem) {
      const intro = `The page tests the key of ${name}. When it works, the page shows six digits, so that I know it was you: type them here if Teams does not continue by itself.`;
      return keyCodeStepCard({
        at,
        title: 'Enter the code from the page',
        intro,
        canGoBack,
        ...(problem && { problem }),
      });
    },
    async handle(answer: CodeAnswer, values, context) {
      permit(context.actor, 'integrations.manage');
      if (answer.do === 'newLink') return withKeyLink(values);
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
  if (verified.outcome === 'wrong')
    return { stay: `That code is not right. Look at the page again; ${triesLeft(verified.left)} left.` };
  if (verified.outcome === 'ended') return { stay: `${verified.sentence} Choose New link.` };
  if (verified.outcome === 'notYet') return { stay: verified.sentence };
  return ended(verified.integration, verified.outcome === 'added');
}

const triesLeft = (left: number): string => (left === 1 ? '1 try is' : `${left} tries are`);
