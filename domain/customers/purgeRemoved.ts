import type { Clock, Store } from '../ports';
import type { Customer } from './customer';

/** Deletes for good the customers whose time to be restored is over; resolves to how many. Their audit trail stays. */
export async function purgeRemoved(deps: { customers: Store<Customer>; clock: Clock }): Promise<number> {
  const range = { key: 'purgeAt', from: 0, to: deps.clock.now() };
  const { items } = await deps.customers.list({ where: { status: 'removed' }, range, limit: 100 });
  for (const { id, version } of items) await deps.customers.remove(id, version);
  return items.length;
}
