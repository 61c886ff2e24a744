import { z } from 'zod';
import { type AuditDeps, auditRefusal } from '../audit/recordAudit';
import { settingsFault } from '../errors';
import type { CodePolicy } from '../links/code';
import type { LinkKind } from '../links/linkPolicy';
import type { OneTimeLink } from '../links/oneTimeLink';
import type { Needs } from '../stores/core';
import { knownIntegration } from './changeIntegration';
import { INTEGRATION_KINDS, type IntegrationKind } from './integration';
import type { IntegrationDeps, KeyEntryDeps } from './integrationDeps';
import { parseAddress } from './parseAddress';

/** A new account as a person typed or chose it, or a known integration that gets a new key. */
export type KeyEntryFor = { kind: IntegrationKind; address: string } | { integrationId: string };

const facts = z.object({
  account: z.object({ kind: z.enum(INTEGRATION_KINDS), address: z.string() }),
  /** Present when a known integration gets a new key. */
  integrationId: z.string().optional(),
  /** What the test of the key found. */
  finding: z.string().optional(),
});
type KeyEntryFacts = z.output<typeof facts>;
export type KeyEntry = OneTimeLink<KeyEntryFacts>;

type Deps = AuditDeps &
  Pick<IntegrationDeps, 'vault'> &
  Pick<KeyEntryDeps, 'huduPrivateHosts'> &
  Needs<'integrations', 'random'>;

export const NO_MASTER_KEY =
  'Keyturn cannot keep API keys yet: the setting MASTER_KEYS is missing. Ask the operator of Keyturn to set it (.env.example says how), then try again.';

/**
 * Opens the page where an admin enters an API key; the page's code then proves that the same person entered
 * the key and chats.
 */
export const keyEntryLink: LinkKind<{ account: KeyEntryFor }, KeyEntryFacts, Deps> &
  CodePolicy<KeyEntryFacts> = {
  kind: 'keyEntry',
  path: '/integrations/key',
  permission: 'integrations.manage',
  lifeMs: 10 * 60_000,
  once: true,
  bindsBrowser: 'owner',
  facts,
  words: {
    notOpen: 'This link is unknown, used up or older than ten minutes. Go back to the chat and start again.',
    otherBrowser:
      'This link was opened in another browser first, or this browser refuses cookies. Go on where it was opened, or start again in the chat.',
  },
  code: {
    newer: 'A newer link was made. Use the newest button in the chat.',
    cancelled: 'This was cancelled. Nothing was saved. Start again when you are ready.',
    noneOpen: 'No API key is being entered here, or its ten minutes are over. Start again.',
    notYet:
      'The API key is not entered yet. Open the link and enter it there; when it works, the page shows a six-digit code.',
    tooMany:
      'That was the fifth wrong code, so this attempt has ended and the API key was forgotten. Start again.',
    used: 'This code was used already. Start again if a key is still to be entered.',
    busy: 'This is being changed from somewhere else at this moment. Try the code again.',
  },
  /**
   * Throws invalidInput for a bad host or region, notFound for an integration that is gone, settings without
   * a master key.
   */
  async prepare(deps, { account: wanted }, actor) {
    const known = await accountOf(deps, wanted);
    if (deps.vault.canSeal) return { facts: known };
    const entry = { target: known.account.address, reason: NO_MASTER_KEY };
    await auditRefusal(deps, actor, deps.random.id(), entry);
    throw settingsFault(NO_MASTER_KEY);
  },
};

async function accountOf(deps: Deps, wanted: KeyEntryFor): Promise<KeyEntryFacts> {
  if (!('integrationId' in wanted))
    return { account: { kind: wanted.kind, address: parseAddress(deps, wanted) } };
  const { id, value } = await knownIntegration(deps.stores.integrations, wanted.integrationId);
  return { integrationId: id, account: { kind: value.kind, address: value.address } };
}
