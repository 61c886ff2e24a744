import { audited } from '../audit/recordAudit';
import { hashOf } from '../links/oneTime';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { beginSchedule } from '../schedules/beginSchedule';
import { organizationRefresh } from '../schedules/kinds/organizationRefresh';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import { unlessChanged } from '../stores/retried';
import { changeIntegration, knownIntegration } from './changeIntegration';
import type { Integration, IntegrationKind } from './integration';
import type { KeyEntryDeps } from './integrationDeps';
import type { KeyEntry } from './keyEntryLink';
import { entryContext, integrationContext } from './storedKeys';
import type { Sealed } from './vault';

type SaveDeps = Pick<KeyEntryDeps, 'vault'> &
  Needs<'oneTimeLinks' | 'integrations' | 'schedules' | 'audit', 'clock'>;

/**
 * Makes the integration of a verified attempt, or gives a known one its new key; then the attempt
 * forgets its key. A repeat finds the work of the first request. Throws notFound when somebody removed
 * the integration meanwhile.
 */
export async function saveKey(
  deps: SaveDeps,
  actor: Actor,
  entry: Stored<KeyEntry>,
): Promise<Stored<Integration>> {
  permit(actor, 'integrations.manage');
  const id = entry.value.facts.integrationId ?? integrationIdOf(entry.id);
  if (!entry.value.key) return knownIntegration(deps.stores.integrations, id);
  const apiKey = await deps.vault.open(entry.value.key, entryContext(entry.id));
  const key = await deps.vault.seal(apiKey, integrationContext(id));
  const integration = await (entry.value.facts.integrationId ? replaced : added)(deps, actor, entry, {
    id,
    key,
  });
  await forgetKey(deps, entry);
  return integration;
}

/** Derives the id from the attempt, so a repeat makes no second integration. */
const integrationIdOf = (keyEntryId: string): string => hashOf(`integration ${keyEntryId}`).slice(0, 22);

interface NewKey {
  id: string;
  key: Sealed;
}

async function added(deps: SaveDeps, actor: Actor, entry: Stored<KeyEntry>, { id, key }: NewKey) {
  const known = await deps.stores.integrations.get(id);
  if (known) return known;
  await beginSchedule(deps, organizationRefresh, { id });
  const now = deps.clock.now();
  const integration = {
    ...entry.value.facts.account,
    key,
    state: 'active',
    lastTest: testOf(entry, now),
    addedBy: { id: actor.id, name: actor.name },
    addedAt: now,
    changedAt: now,
  } as const;
  const plainName = nameOf(entry.value.facts.account);
  const what = { action: 'integration.add', target: plainName } as const;
  const work = () => insertNamed(deps, id, integration, plainName, 1);
  return audited(deps, actor, entry.id, what, work, ({ value }) => ({ target: value.name }));
}

/** Adds a number to the name when another integration has it: 'IT Glue (EU) 2'. */
async function insertNamed(
  deps: SaveDeps,
  id: string,
  integration: Omit<Integration, 'name'>,
  plainName: string,
  number: number,
): Promise<Stored<Integration>> {
  const name = number === 1 ? plainName : `${plainName} ${number}`;
  return (
    (await insertOnce(deps.stores.integrations, id, { ...integration, name })) ??
    (await deps.stores.integrations.get(id)) ??
    insertNamed(deps, id, integration, plainName, number + 1)
  );
}

async function replaced(deps: SaveDeps, actor: Actor, entry: Stored<KeyEntry>, { id, key }: NewKey) {
  const { name } = (await knownIntegration(deps.stores.integrations, id)).value;
  const what = { action: 'integration.key', target: name, after: 'replaced the API key' } as const;
  return audited(deps, actor, entry.id, what, () =>
    changeIntegration(deps, id, (current) => ({
      ...current,
      key,
      lastTest: testOf(entry, deps.clock.now()),
    })),
  );
}

/** The copy is sealed and expires within minutes; we still delete it now. */
async function forgetKey(deps: SaveDeps, entry: Stored<KeyEntry>): Promise<void> {
  const { key: _key, ...rest } = entry.value;
  await unlessChanged(deps.stores.oneTimeLinks.replace(entry, rest));
}

const testOf = ({ value }: Stored<KeyEntry>, at: number): Integration['lastTest'] => ({
  at,
  ok: true,
  sentence: value.facts.finding ?? '',
});

const VENDORS: Record<IntegrationKind, string> = { itglue: 'IT Glue', hudu: 'Hudu' };

/** Makes names such as 'IT Glue (EU)' and 'Hudu (docs.example.com)'. */
export const nameOf = ({ kind, address }: Pick<Integration, 'kind' | 'address'>): string =>
  `${VENDORS[kind]} (${kind === 'itglue' ? address.toUpperCase() : address})`;
