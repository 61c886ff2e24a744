import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Needs } from '../../domain/stores/core';
import { CHECK_TENANT, type CheckTenantInput } from './checkTenant';

/** Has a connection tested in the background; the same id again changes nothing. */
export const startChecks = (
  deps: Needs<'jobs', 'clock'>,
  id: string,
  input: CheckTenantInput,
): Promise<void> =>
  enqueueJob(deps, { id, kind: CHECK_TENANT, input, customerId: input.customerId, awaited: true });
