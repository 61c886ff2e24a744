import type { StepContext } from '../../dialogs/dialog';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Needs } from '../../domain/stores/core';
import { CHECK_TENANT, type CheckTenantInput } from './checkTenant';

/** Tests a connection in the background; a repeat with the same id changes nothing. */
export function startChecks(
  deps: Needs<'jobs', 'clock'>,
  {
    actor: { id, name, conversationId },
    conversationKey,
    reference,
  }: Pick<StepContext, 'actor' | 'conversationKey' | 'reference'>,
  jobId: string,
  checks: Pick<CheckTenantInput, 'customerId' | 'cardId' | 'home' | 'thenSync'>,
): Promise<void> {
  const input = { ...checks, actor: { id, name, conversationId }, conversationKey, reference };
  const { customerId } = checks;
  return enqueueJob(deps, { id: jobId, kind: CHECK_TENANT, input, customerId, awaited: true });
}
