import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Clock } from '../../domain/ports';
import type { Stores } from '../../domain/stores/stores';
import { CHECK_TENANT, type CheckTenantInput } from './checkTenant';

/** Has a connection tested in the background; the same id again changes nothing. */
export const startChecks = (
  deps: { stores: Pick<Stores, 'jobs'>; clock: Clock },
  id: string,
  input: CheckTenantInput,
): Promise<void> =>
  enqueueJob(
    { jobs: deps.stores.jobs, clock: deps.clock },
    { id, kind: CHECK_TENANT, input, customerId: input.customerId, awaited: true },
  );
