import { failureSentence } from '../imports/failureSentence';
import type { IntegrationDeps } from '../integrations/integrationDeps';
import { openSource } from '../integrations/listIntegrations';
import type { JobRun } from '../jobs/jobRun';
import type { Needs } from '../stores/core';
import { type Refreshed, refreshLinks } from './refreshLinks';

type Deps = Pick<IntegrationDeps, 'sources' | 'vault'> & Needs<'integrations' | 'links', 'clock'>;

/**
 * Looks at what became of the linked organizations of one integration, or says in `why` what prevented it.
 * Throws errors that another try may mend.
 */
export async function refreshIntegration(
  deps: Deps,
  integrationId: string,
  run: Pick<JobRun, 'last'>,
): Promise<{ name: string; refreshed: Refreshed } | { why: string; err: unknown }> {
  try {
    const { integration, source } = await openSource(deps, integrationId);
    return { name: integration.value.name, refreshed: await refreshLinks(deps, { integrationId, source }) };
  } catch (err) {
    const why = failureSentence(err, run);
    if (!why) throw err;
    return { why, err };
  }
}
