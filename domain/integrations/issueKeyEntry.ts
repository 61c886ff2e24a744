import { auditRefusal } from '../audit/recordAudit';
import { notFound, settingsFault } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import { hashOf } from '../tenants/oneTime';
import type { Integration, IntegrationKind, KeyEntry } from './integration';
import type { KeyEntryDeps } from './integrationDeps';
import { endOpenEntries, KEY_ENTRY_MS } from './keyEntryAttempt';
import { INTEGRATION_GONE, KEY_NEWER } from './keyEntrySentences';
import { parseHuduHost, parseItGlueRegion } from './parseAddress';

/** An account to be added, as it was typed or chosen; or a known one whose key is to be replaced. */
export type KeyEntryFor = { kind: IntegrationKind; address: string } | { integrationId: string };

export const NO_MASTER_KEY =
  'Keyturn cannot keep API keys yet: the setting MASTER_KEYS is missing. Ask whoever runs Keyturn to set it (.env.example says how), then try again.';

/**
 * Opens an attempt of this admin, in this conversation, to enter an API key on our page; earlier ones of theirs there
 * end. The handle belongs into the link and nowhere else: it is not stored. Throws invalidInput for a host or region
 * that cannot be one, notFound for an integration that is gone, settings without a master key.
 */
export async function issueKeyEntry(
  deps: Pick<
    KeyEntryDeps,
    'keyEntries' | 'integrations' | 'vault' | 'audit' | 'clock' | 'random' | 'huduPrivateHosts'
  >,
  actor: Actor,
  request: { account: KeyEntryFor; conversationKey: string },
): Promise<{ handle: string; kind: IntegrationKind; address: string }> {
  permit(actor, 'integrations.manage');
  const account = await accountOf(deps, request.account);
  const handle = deps.random.token(32);
  const id = hashOf(handle);
  if (!deps.vault.canSeal) {
    await auditRefusal(deps, actor, id, { target: account.address, reason: NO_MASTER_KEY });
    throw settingsFault(NO_MASTER_KEY);
  }
  await endOpenEntries(deps, actor, request.conversationKey, KEY_NEWER);
  const now = deps.clock.now();
  await deps.keyEntries.insert(id, {
    ...account,
    admin: { id: actor.id, name: actor.name },
    conversationKey: request.conversationKey,
    conversationId: actor.conversationId,
    stage: 'issued',
    wrongCodes: 0,
    createdAt: now,
    expiresAt: now + KEY_ENTRY_MS,
  });
  return { handle, kind: account.kind, address: account.address };
}

async function accountOf(
  deps: Pick<KeyEntryDeps, 'integrations' | 'huduPrivateHosts'>,
  wanted: KeyEntryFor,
): Promise<Pick<KeyEntry, 'integrationId' | 'kind' | 'address'>> {
  if (!('integrationId' in wanted)) return { kind: wanted.kind, address: parseAddress(deps, wanted) };
  const known = await deps.integrations.get(wanted.integrationId);
  if (!known) throw notFound(INTEGRATION_GONE);
  return { integrationId: known.id, kind: known.value.kind, address: known.value.address };
}

/** The address as it is kept, of what was typed or chosen. Throws invalidInput. */
export const parseAddress = (
  { huduPrivateHosts }: Pick<KeyEntryDeps, 'huduPrivateHosts'>,
  { kind, address }: Pick<Integration, 'kind' | 'address'>,
): string =>
  kind === 'hudu' ? parseHuduHost(address, { allowPrivate: huduPrivateHosts }) : parseItGlueRegion(address);
