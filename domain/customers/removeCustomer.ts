import { audited } from '../audit/recordAudit';
import { conflict, DuplicateKey, invalidInput, notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { CustomerDeps } from './addCustomer';
import { activeCustomer, changeCustomer } from './changeCustomer';
import type { Customer } from './customer';
import { nameKeyOf } from './customerName';

/** How long a removed customer can be restored. */
export const RESTORE_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/** Says what removing a customer leaves outside Keyturn, so that the person can undo it there. */
export function notUndoneByRemoving(customer: Customer): string[] {
  return [
    'tenant' in customer.office365 &&
      'The consent and the app’s role in the customer’s Microsoft 365 tenant stay until an administrator there removes them.',
    customer.activeDirectory.state !== 'notChosen' &&
      'An agent installed on the customer’s server stays installed until it is uninstalled there.',
  ].filter((sentence) => typeof sentence === 'string');
}

/**
 * Removes a customer after a person typed its name in full; it can be restored for RESTORE_DAYS. A repeat
 * finds the work of the first request.
 */
export async function removeCustomer(
  deps: CustomerDeps,
  actor: Actor,
  request: { customerId: string; typedName: string; requestId: string },
): Promise<Stored<Customer>> {
  permit(actor, 'customers.remove');
  const known = await deps.stores.customers.get(request.customerId);
  const repeated = known?.value.removed?.byRequest === request.requestId ? known : undefined;
  const customer = (repeated ?? (await activeCustomer(deps.stores.customers, request.customerId))).value;
  if (nameKeyOf(request.typedName) !== customer.nameKey)
    throw invalidInput(
      'The name you typed is not this customer’s name. Nothing was removed. Type it exactly, or cancel.',
    );
  const entry = { action: 'customer.remove', target: customer.name, customerId: request.customerId } as const;
  const said = { ...entry, before: 'active', after: 'removed' };
  return audited(deps, actor, request.requestId, said, async () => {
    const remove = (current: Customer) => removed(current, actor, request.requestId, deps.clock.now());
    return repeated ?? changeCustomer(deps, request.customerId, remove);
  });
}

const removed = (customer: Customer, actor: Actor, byRequest: string, now: number): Customer => ({
  ...customer,
  status: 'removed',
  removed: { at: now, by: { id: actor.id, name: actor.name }, purgeAt: now + RESTORE_DAYS * DAY, byRequest },
});

/**
 * Restores a removed customer as it was. Throws conflict when its name or its tenant belongs to another
 * customer by now.
 */
export async function restoreCustomer(
  deps: CustomerDeps,
  actor: Actor,
  request: { customerId: string; requestId: string },
): Promise<Stored<Customer>> {
  permit(actor, 'customers.remove');
  const current = await deps.stores.customers.get(request.customerId);
  if (current?.value.status === 'active') return current;
  const restorable = current?.value.removed && current.value.removed.purgeAt > deps.clock.now();
  if (!current || !restorable)
    throw notFound(`That customer can no longer be restored: it is kept for ${RESTORE_DAYS} days only.`);
  const { name } = current.value;
  const entry = { action: 'customer.restore', target: name, customerId: request.customerId } as const;
  const said = { ...entry, before: 'removed', after: 'active' };
  return audited(deps, actor, request.requestId, said, () => restore(deps, current));
}

async function restore(deps: Needs<'customers', 'clock'>, current: Stored<Customer>) {
  const { removed: _, ...rest } = current.value;
  const active = { ...rest, status: 'active' as const, changedAt: deps.clock.now() };
  try {
    const restored = await unlessChanged(deps.stores.customers.replace(current, active));
    if (!restored) throw conflict('Somebody else just changed this customer. Look again.');
    return restored;
  } catch (error) {
    if (error instanceof DuplicateKey)
      throw conflict(
        error.key === 'nameKey'
          ? 'Another customer has this name now. Rename that one first, then restore this one.'
          : 'Another customer is connected to the same Microsoft 365 tenant now. Disconnect that one first.',
        error,
      );
    throw error;
  }
}

/** The removed customers that can still be restored, the latest first; at most ten. */
export async function removedCustomers(
  deps: CustomerDeps,
  actor: Actor,
): Promise<{ id: string; name: string }[]> {
  permit(actor, 'customers.remove');
  const { items } = await deps.stores.customers.list({
    where: { status: 'removed' },
    sort: { key: 'changedAt', descending: true },
    limit: 10,
  });
  return items
    .filter(({ value }) => value.removed && value.removed.purgeAt > deps.clock.now())
    .map(({ id, value }) => ({ id, name: value.name }));
}
