import { activeCustomer } from '../../../domain/customers/changeCustomer';
import { tenantOf } from '../../../domain/tenants/runChecks';
import type { AppDeps } from '../../appDeps';
import { startChecks } from '../../jobs/startChecks';
import type { Turn } from '../../turns/turn';

/**
 * Begins a test of a customer's connection, shown on `cardId` or on a new card. Throws for a customer
 * without a tenant.
 */
export async function beginTest(
  deps: AppDeps,
  turn: Turn,
  customerId: string,
  cardId?: string,
): Promise<void> {
  tenantOf((await activeCustomer(deps.stores.customers, customerId)).value);
  const checks = { customerId, ...(cardId && { cardId }), thenSync: false };
  await startChecks(deps, turn, `test:${turn.requestId}`, checks);
}
