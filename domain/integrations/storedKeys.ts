import { settingsFault } from '../errors';
import type { Store } from '../ports';
import { change } from '../stores/change';
import { pages } from '../stores/pages';
import type { Stores } from '../stores/stores';
import type { Sealed, Vault } from './vault';

type KeyStores = Pick<Stores, 'integrations' | 'oneTimeLinks'>;

/** Says what a stored key belongs to: a key that is moved to another record does not open there. */
export const integrationContext = (integrationId: string): string => `integration:${integrationId}`;
export const entryContext = (keyEntryId: string): string => `keyEntry:${keyEntryId}`;

/** Throws KeyturnError 'settings', naming the key id, while these master keys cannot open some stored key. */
export async function refuseUnknownKeys(stores: KeyStores, vault: Vault): Promise<void> {
  for (const kept of keptKeys(stores))
    for await (const { kid } of kept.all())
      if (!vault.knows(kid))
        throw settingsFault(
          `API keys are stored that are sealed with the master key “${kid}”, which is not in MASTER_KEYS. Put that key back into MASTER_KEYS, then start again.`,
        );
}

/**
 * Seals every stored key anew, except those that the first master key already seals. May be stopped and run
 * again at any point; looks again at a key that somebody changes meanwhile. Throws as `refuseUnknownKeys`
 * before it changes anything.
 */
export async function rewrapKeys(
  stores: KeyStores,
  vault: Vault,
): Promise<{ rewrapped: number; current: number }> {
  await refuseUnknownKeys(stores, vault);
  const counts = { rewrapped: 0, current: 0 };
  for (const kept of keptKeys(stores))
    for await (const outcome of kept.rewrapped(vault)) counts[outcome] += 1;
  return counts;
}

const PAGE = 200;

const keptKeys = ({ integrations, oneTimeLinks }: KeyStores) => [
  keptIn(integrations, integrationContext),
  keptIn(oneTimeLinks, entryContext),
];

function keptIn<T extends { key?: Sealed }>(
  store: Store<T, never, never>,
  contextOf: (id: string) => string,
) {
  return {
    async *all(): AsyncGenerator<Sealed> {
      for await (const page of pages(store, { limit: PAGE }))
        for (const { value } of page) if (value.key) yield value.key;
    },
    async *rewrapped(vault: Vault) {
      for await (const page of pages(store, { limit: PAGE }))
        for (const { id } of page) {
          const outcome = await rewrapOne(store, id, contextOf(id), vault);
          if (outcome) yield outcome;
        }
    },
  };
}

/** Undefined when there is no key, or no key any more. */
async function rewrapOne<T extends { key?: Sealed }>(
  store: Store<T, never, never>,
  id: string,
  context: string,
  vault: Vault,
): Promise<'rewrapped' | 'current' | undefined> {
  let outcome: 'rewrapped' | 'current' | undefined;
  await change(store, id, async (value) => {
    outcome = value.key && (vault.isCurrent(value.key) ? 'current' : 'rewrapped');
    if (!value.key || outcome === 'current') return undefined;
    return { ...value, key: await vault.seal(await vault.open(value.key, context), context) };
  });
  return outcome;
}
