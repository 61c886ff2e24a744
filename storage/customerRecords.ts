import type { CustomerRecords } from '../domain/customers/purgeRemoved';
import type { Store } from '../domain/ports';
import { change } from '../domain/stores/change';
import { pages } from '../domain/stores/pages';
import type { Stores } from '../domain/stores/stores';
import type { AnyCollection } from './collectionDef';
import { definitions } from './collections';

type AnyStore = Store<unknown, string, string>;

const PAGE = 200;

/** Forgets a customer as the definition of each collection says. */
export const createCustomerRecords = (stores: Stores): CustomerRecords => ({
  async forget(customerId) {
    for (const [name, def] of Object.entries(definitions)) {
      const store = stores[name as keyof Stores] as unknown as AnyStore;
      await forgetIn(store, (def as AnyCollection<unknown>).ofCustomer, customerId);
    }
  },
});

async function forgetIn(
  store: AnyStore,
  ofCustomer: AnyCollection<unknown>['ofCustomer'],
  customerId: string,
): Promise<void> {
  if (ofCustomer === 'id') await store.remove(customerId);
  if (typeof ofCustomer === 'string' || 'stays' in ofCustomer) return;
  if ('key' in ofCustomer) await removeAll(store, { [ofCustomer.key]: customerId });
  else
    for await (const items of pages(store, {}))
      for (const item of items) await change(store, item, (value) => ofCustomer.without(value, customerId));
}

/**
 * Searches again until nothing is left: a document that somebody changes at this moment has another version.
 */
async function removeAll(store: AnyStore, where: Record<string, string>): Promise<void> {
  for (;;) {
    const { items } = await store.list({ where, limit: PAGE });
    if (items.length === 0) return;
    await Promise.all(items.map(({ id, version }) => store.remove(id, version)));
  }
}
