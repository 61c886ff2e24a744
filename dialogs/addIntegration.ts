import { z } from 'zod';
import { choiceStepCard } from '../cards/choiceStep';
import { hostStepCard } from '../cards/hostStep';
import { KeyturnError, settingsFault } from '../domain/errors';
import { knownIntegration } from '../domain/integrations/changeIntegration';
import {
  INTEGRATION_KINDS,
  type Integration,
  type IntegrationKind,
  IT_GLUE_REGIONS,
} from '../domain/integrations/integration';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import { NO_MASTER_KEY } from '../domain/integrations/keyEntryLink';
import { parseAddress } from '../domain/integrations/parseAddress';
import { nameOf } from '../domain/integrations/saveKey';
import type { Stored } from '../domain/ports';
import type { DialogDefinition, Step, StepResult } from './dialog';
import { ended } from './steps/ended';
import { type KeyValues, keyCodeStep, withKeyLink } from './steps/keyCode';

type Options = { kind?: IntegrationKind; host?: string; integrationId?: string };

const ALONE =
  'The link for an API key is for you alone. Open our personal chat and type “integrations” there.';

const REGIONS: Record<(typeof IT_GLUE_REGIONS)[number], string> = {
  us: 'United States',
  eu: 'Europe',
  au: 'Australia',
};

/**
 * Adds an account at IT Glue or Hudu, or replaces the key of one. The person enters the key on our page; the
 * code from that page proves who entered it.
 */
export function createAddIntegration(deps: KeyEntryDeps): DialogDefinition<KeyValues> {
  return {
    id: 'addIntegration',
    title: 'API key',
    permission: 'integrations.manage',
    alone: ALONE,
    kept: ({ integrationId, name }) =>
      integrationId ? `${name} keeps its API key.` : 'No integration was added.',
    options: z.object({
      kind: z.enum(INTEGRATION_KINDS).optional(),
      /** The host that was typed with the command. */
      host: z.string().max(300).optional(),
      integrationId: z.string().max(100).optional(),
    }),
    async start({ kind, host, integrationId }: Options): Promise<StepResult<KeyValues>> {
      if (!deps.vault.canSeal) throw settingsFault(NO_MASTER_KEY);
      if (!integrationId && kind === 'hudu' && host) return withHost(deps, host);
      if (!integrationId)
        return { go: kind === 'hudu' ? 'host' : 'region', values: { address: '', name: '' } };
      const { name, address } = (await knownIntegration(deps.stores.integrations, integrationId)).value;
      return withKeyLink({ integrationId, name, address });
    },
    steps: { host: hostStep(deps), region: regionStep(), code: keyCodeStep(deps, saved) },
  };
}

/** The host was typed with the command. One that cannot be used is asked for, with the reason. */
function withHost(deps: KeyEntryDeps, host: string): StepResult<KeyValues> {
  try {
    return withKeyLink(accountOf('hudu', parseAddress(deps, { kind: 'hudu', address: host })));
  } catch (error) {
    if (!(error instanceof KeyturnError)) throw error;
    return { go: 'host', values: { address: host, name: '' }, problem: error.sentence };
  }
}

function hostStep(deps: KeyEntryDeps): Step<KeyValues> {
  return {
    answer: z.object({ host: z.string({ message: 'Please type the host of your Hudu.' }).max(500) }),
    fromText: (host) => ({ do: 'submit', host }),
    async card({ address }, shown) {
      const intro = 'The host under which your team opens Hudu. You can paste its address.';
      return hostStepCard({ ...shown, title: 'Add Hudu', intro, host: address, submit: 'Next' });
    },
    async handle({ host }: { host: string }) {
      return withKeyLink(accountOf('hudu', parseAddress(deps, { kind: 'hudu', address: host })));
    },
  };
}

function regionStep(): Step<KeyValues> {
  return {
    answer: z.object({ choice: z.enum(IT_GLUE_REGIONS, { message: 'Please choose a region.' }) }),
    async card(_values, shown) {
      const choices = IT_GLUE_REGIONS.map((value) => ({
        value,
        title: value.toUpperCase(),
        detail: REGIONS[value],
      }));
      const intro = 'In which region is your IT Glue account? An API key works in its own region only.';
      return choiceStepCard({ ...shown, title: 'Add IT Glue', intro, choices, submit: 'Next' });
    },
    async handle({ choice }: { choice: (typeof IT_GLUE_REGIONS)[number] }) {
      return withKeyLink(accountOf('itglue', choice));
    },
  };
}

const accountOf = (kind: IntegrationKind, address: string): KeyValues => ({
  kind,
  address,
  name: nameOf({ kind, address }),
});

function saved({ id, value }: Stored<Integration>, added: boolean): StepResult<KeyValues> {
  const { name, lastTest } = value;
  const summary = added ? `${name} was added.` : `The API key of ${name} was replaced.`;
  const actions = [
    { title: 'Import organizations', command: 'import organizations', args: { integrationId: id } },
    { title: 'Integrations', command: 'integrations' },
  ];
  return ended(summary, { title: name, lines: [summary, lastTest.sentence], tone: 'good', actions });
}
