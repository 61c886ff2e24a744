import { conflict, notFound, VersionConflict } from '../errors';
import type { Clock, Stored } from '../ports';
import type { Stores } from '../stores/stores';
import type { Customer } from './customer';

const GONE = 'That customer is not here any more. Type “customers” to see those that are.';
const TRIES = 5;

/** The active customer with this id, or notFound: removed and unknown ones read the same. */
export async function activeCustomer(customers: Stores['customers'], id: string): Promise<Stored<Customer>> {
  const found = await customers.get(id);
  if (found?.value.status !== 'active') throw notFound(GONE);
  return found;
}

/**
 * Applies `change` to the active customer as it stands now, again if somebody else changed it in between. `change`
 * must be safe to call more than once; `changedAt` is set here. Throws notFound, conflict, and what `change` throws.
 */
export async function changeCustomer(
  deps: { customers: Stores['customers']; clock: Clock },
  id: string,
  change: (customer: Customer) => Customer,
): Promise<Stored<Customer>> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const current = await activeCustomer(deps.customers, id);
    try {
      return await deps.customers.replace(current, { ...change(current.value), changedAt: deps.clock.now() });
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  throw conflict(
    'Somebody else is changing this customer right now. Nothing was changed; try again in a moment.',
  );
}
