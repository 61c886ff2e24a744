import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Needs } from '../../domain/stores/core';
import { CHECK_TENANT, type CheckTenantInput } from './checkTenant';

/** Tests a connection in the background; a repeat with the same id changes nothing. */
export const startChecks = (
  deps: Needs<'jobs', 'clock'>,
  id: string,
  input: CheckTenantInput,
): Promise<void> =>
  enqueueJob(deps, { id, kind: CHECK_TENANT, input, customerId: input.customerId, awaited: true });
