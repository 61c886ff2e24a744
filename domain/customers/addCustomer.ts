import { type AuditDeps, audited } from '../audit/recordAudit';
import { conflict } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import type { Stores } from '../stores/stores';
import type { Customer } from './customer';
import { nameKeyOf, parseCustomerName } from './customerName';

export type CustomerDeps = AuditDeps & Needs<'customers' | 'deliveries', 'random'>;

/**
 * Adds a customer, or finds the one that already has this name (`existing`), even when two people add it in
 * the same second. A repeat of the request finds the customer that it made. Throws invalidInput for a name
 * that cannot be used.
 */
export async function addCustomer(
  deps: CustomerDeps,
  actor: Actor,
  request: { name: string; requestId: string },
): Promise<{ customer: Stored<Customer>; existing: boolean }> {
  permit(actor, 'customers.write');
  const customer = newCustomer(deps, actor, request);
  const known = await findByName(deps.stores.customers, customer.name);
  if (known && known.value.createdByRequest !== request.requestId) return { customer: known, existing: true };
  const entry = { action: 'customer.add', target: customer.name, customerId: customer.id } as const;
  const work = () => insertOrFind(deps, customer);
  return audited(deps, actor, request.requestId, entry, work, (found) => ({
    customerId: found.customer.id,
    after: found.existing ? 'was there already' : customer.name,
  }));
}

/** The active customer of this name, in any spelling that has the same key. */
export const findByName = (
  customers: Stores['customers'],
  name: string,
): Promise<Stored<Customer> | undefined> => customers.find('nameKey', nameKeyOf(name));

async function insertOrFind(deps: CustomerDeps, customer: Customer) {
  const added = await insertOnce(deps.stores.customers, customer.id, customer);
  if (added) return { customer: added, existing: false };
  const mine = await deps.stores.customers.find('createdByRequest', customer.createdByRequest);
  const found = mine ?? (await deps.stores.customers.find('nameKey', customer.nameKey));
  if (!found) throw conflict(`Somebody just changed a customer named ${customer.name}. Add it again.`);
  return { customer: found, existing: !mine };
}

function newCustomer(
  deps: CustomerDeps,
  actor: Actor,
  request: { name: string; requestId: string },
): Customer {
  const name = parseCustomerName(request.name);
  const now = deps.clock.now();
  return {
    id: deps.random.id(),
    name,
    nameKey: nameKeyOf(name),
    status: 'active',
    activeDirectory: { state: 'notChosen' },
    office365: { state: 'notChosen' },
    createdAt: now,
    createdBy: { id: actor.id, name: actor.name },
    createdByRequest: request.requestId,
    changedAt: now,
  };
}
