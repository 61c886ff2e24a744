import { type AuditDeps, audited } from '../audit/recordAudit';
import { oneByOne } from '../jobs/oneByOne';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import type { Customer } from './customer';

/** The actor of the deletion. No person asks for it: the time that the removal announced is over. */
const KEYTURN: Actor = { id: 'keyturn', name: 'Keyturn', permissions: new Set(), conversationId: '' };
/** Marks a customer whose deletion began: from now on nobody can restore it, whatever their clock says. */
const NEVER_AGAIN = 0;

/** What the product keeps of customers, beside their own record. */
export interface CustomerRecords {
  /**
   * Deletes all records of a customer; each collection's definition says what stays, and why. Safe to repeat.
   */
  forget(customerId: string): Promise<void>;
}

/**
 * Deletes for good the customers whose time to be restored is over, with all their records; resolves to how
 * many. The customer's own record goes last, so the next run finds and deletes what a kill left behind.
 */
export async function purgeRemoved(
  deps: AuditDeps & Needs<'customers'> & { customerRecords: CustomerRecords },
): Promise<number> {
  const range = { key: 'purgeAt', from: NEVER_AGAIN, to: deps.clock.now() } as const;
  const { items } = await deps.stores.customers.list({ where: { status: 'removed' }, range, limit: 100 });
  let purged = 0;
  await oneByOne(items, async (customer) => {
    if (!(await holdFast(deps.stores.customers, customer))) return;
    const { id, value } = customer;
    const entry = { action: 'customer.purge', target: value.name, customerId: id } as const;
    const said = { ...entry, before: 'removed', after: 'deleted for good' };
    await audited(deps, KEYTURN, `${id}:${value.removed?.at}`, said, async () => {
      await deps.customerRecords.forget(id);
      await deps.stores.customers.remove(id);
    });
    purged += 1;
  });
  return purged;
}

/** False when somebody restored it meanwhile, or another instance deletes it. */
async function holdFast(customers: Stores['customers'], customer: Stored<Customer>): Promise<boolean> {
  const { removed } = customer.value;
  if (!removed) return false;
  if (removed.purgeAt === NEVER_AGAIN) return true;
  const held = { ...customer.value, removed: { ...removed, purgeAt: NEVER_AGAIN } };
  return (await unlessChanged(customers.replace(customer, held))) !== undefined;
}
