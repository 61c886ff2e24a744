import { settingsFault, VersionConflict } from '../errors';
import type { Page, Store, Stored } from '../ports';
import type { Stores } from '../stores/stores';
import type { Sealed, Vault } from './vault';

type KeyStores = Pick<Stores, 'integrations' | 'keyEntries'>;

/** What a stored key belongs to: one that is moved to another record does not open there. */
export const integrationContext = (integrationId: string): string => `integration:${integrationId}`;
export const entryContext = (keyEntryId: string): string => `keyEntry:${keyEntryId}`;

/** Throws KeyturnError 'settings', naming the key id, while any stored key could not be opened with these master keys. */
export async function refuseUnknownKeys(stores: KeyStores, vault: Vault): Promise<void> {
  for (const kept of keptKeys(stores))
    for await (const { kid } of kept.all())
      if (!vault.knows(kid))
        throw settingsFault(
          `API keys are stored that are sealed with the master key “${kid}”, which is not in MASTER_KEYS. Put that key back into MASTER_KEYS, then start again.`,
        );
}

/**
 * Seals every stored key anew that the first master key did not seal. May be stopped and run again at any point; what
 * somebody changes in the meantime is looked at again. Throws as `refuseUnknownKeys` before anything is changed.
 */
export async function rewrapKeys(
  stores: KeyStores,
  vault: Vault,
): Promise<{ rewrapped: number; current: number }> {
  await refuseUnknownKeys(stores, vault);
  const counts = { rewrapped: 0, current: 0 };
  for (const kept of keptKeys(stores)) {
    const { rewrapped, current } = await kept.rewrap(vault);
    counts.rewrapped += rewrapped;
    counts.current += current;
  }
  return counts;
}

const keptKeys = ({ integrations, keyEntries }: KeyStores) => [
  keptIn(integrations, integrationContext),
  keptIn(keyEntries, entryContext),
];

function keptIn<T extends { key?: Sealed }>(
  store: Store<T, never, never>,
  contextOf: (id: string) => string,
) {
  return {
    async *all(): AsyncGenerator<Sealed> {
      for await (const { value } of everyOne(store)) if (value.key) yield value.key;
    },
    async rewrap(vault: Vault) {
      const counts = { rewrapped: 0, current: 0 };
      for await (const found of everyOne(store)) {
        const outcome = await rewrapOne(store, found.id, contextOf(found.id), vault);
        if (outcome) counts[outcome] += 1;
      }
      return counts;
    },
  };
}

/** Again from the start when it changes in between. Undefined when there is no key (any more). */
async function rewrapOne<T extends { key?: Sealed }>(
  store: Store<T, never, never>,
  id: string,
  context: string,
  vault: Vault,
): Promise<'rewrapped' | 'current' | undefined> {
  const found = await store.get(id);
  if (!found?.value.key) return undefined;
  if (vault.isCurrent(found.value.key)) return 'current';
  const key = await vault.seal(await vault.open(found.value.key, context), context);
  try {
    await store.replace(found, { ...found.value, key });
    return 'rewrapped';
  } catch (error) {
    if (error instanceof VersionConflict) return rewrapOne(store, id, context, vault);
    throw error;
  }
}

async function* everyOne<T>(store: Store<T, never, never>): AsyncGenerator<Stored<T>> {
  let page: Page<T> | undefined;
  do {
    page = await store.list({ limit: 200, ...(page?.next && { after: page.next }) });
    yield* page.items;
  } while (page.next);
}
