import { activeCustomer } from '../../../domain/customers/changeCustomer';
import { tenantOf } from '../../../domain/tenants/runChecks';
import type { AppDeps } from '../../appDeps';
import type { CheckTenantInput } from '../../jobs/checkTenant';
import { startChecks } from '../../jobs/startChecks';
import type { Turn } from '../../turns/turn';

/**
 * Begins a test of a customer's connection, shown on the card of an earlier test, in the card of its set-up,
 * or on a new card. Throws for a customer without a tenant.
 */
export async function beginTest(
  deps: AppDeps,
  turn: Turn,
  customerId: string,
  at: Pick<CheckTenantInput, 'cardId' | 'home'> = {},
): Promise<void> {
  tenantOf((await activeCustomer(deps.stores.customers, customerId)).value);
  // A first test that failed was before the question for the sync mode, which comes once a test passes.
  const checks = { customerId, ...at, thenSync: at.cardId !== undefined };
  await startChecks(deps, turn, `test:${turn.requestId}`, checks);
}
