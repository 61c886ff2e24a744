import { notFound } from '../errors';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Stores } from '../stores/stores';
import type { Customer } from './customer';
import { raiseSetUp } from './setUpCards';

const GONE = 'That customer is not here any more. Type “customers” to see those that are.';

/** The active customer with this id. Throws notFound, with the same words for removed and unknown ones. */
export async function activeCustomer(customers: Stores['customers'], id: string): Promise<Stored<Customer>> {
  const found = await customers.get(id);
  if (found?.value.status !== 'active') throw notFound(GONE);
  return found;
}

/**
 * Applies `changed` to the active customer as it stands now, and again if somebody else changed it in
 * between. `changed` must be safe to call more than once; this function sets `changedAt`. Throws notFound,
 * conflict, and what `changed` throws.
 */
export async function changeCustomer(
  deps: Needs<'customers' | 'deliveries', 'clock'>,
  id: string,
  changed: (customer: Customer) => Customer,
): Promise<Stored<Customer>> {
  const unlessRemoved = (customer: Customer) => {
    if (customer.status !== 'active') throw notFound(GONE);
    return { ...changed(customer), changedAt: deps.clock.now() };
  };
  const changedNow = await change(deps.stores.customers, id, unlessRemoved, {
    gone: () => notFound(GONE),
    busy: 'Somebody else is changing this customer right now. Nothing was changed; try again in a moment.',
  });
  await raiseSetUp(deps, changedNow);
  return changedNow;
}
