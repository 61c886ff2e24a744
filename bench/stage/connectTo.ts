import type { Customer } from '../../domain/customers/customer';
import type { Needs } from '../../domain/stores/core';
import { BenchFault } from '../benchFault';
import { FIRST_ADMIN } from './people';

/**
 * Connects this customer to that tenant, as if long ago; Microsoft Entra Connect carries its passwords
 * there.
 */
export async function connectTo(
  { stores: { customers } }: Needs<'customers'>,
  { customer: id, tenantId }: { customer: string; tenantId: string },
): Promise<Customer> {
  const found = await customers.get(id);
  if (!found) throw new BenchFault(`there is no ${id}`);
  const by = { objectId: FIRST_ADMIN, name: 'First admin', username: 'admin@bench.test' };
  const tenant = {
    tenantId,
    displayName: found.value.name,
    domains: ['bench.test'],
    consentedBy: by,
    consentedAt: 0,
    checks: [],
  };
  const connected: Customer = {
    ...found.value,
    activeDirectory: { state: 'waiting', since: 0 },
    office365: { state: 'connected', since: 0, tenant },
    sync: { mode: 'azureAdConnect', chosenAt: 0, chosenBy: { id: FIRST_ADMIN, name: 'First admin' } },
  };
  return (await customers.replace(found, connected)).value;
}
