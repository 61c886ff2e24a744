import type { IntegrationDeps } from '../../integrations/integrationDeps';
import { openSource } from '../../integrations/listIntegrations';
import { permit } from '../../people/permit';
import type { Actor } from '../../people/person';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { runById } from '../changeRun';
import type { ImportRun } from '../importRun';
import { loadIndex } from '../runIndex';
import type { ImportDeps } from '../startImport';
import { readAhead } from './readAhead';
import { readNextPage } from './readNextPage';

type ReadDeps = ImportDeps & IntegrationDeps & Needs<'customers' | 'links'>;

interface Following {
  /** Called with the run before it reads its first page. */
  begins(run: Stored<ImportRun>): Promise<void>;
  /** Called with the run after each page. */
  reads(run: Stored<ImportRun>): Promise<void>;
}

/**
 * Reads a run from where it stands to its end, or until somebody cancels it; does nothing when the run is not
 * reading. May be run again from any point. `following` may throw: that ends the work.
 */
export async function readRun(
  deps: ReadDeps,
  actor: Actor,
  runId: string,
  following: Following,
): Promise<void> {
  permit(actor, 'organizations.import');
  let run = await runById(deps, runId);
  if (run.value.state !== 'reading') return;
  await following.begins(run);
  const source = readAhead((await openSource(deps, run.value.integrationId)).source);
  const index = await loadIndex(deps, { ...run.value, id: runId });
  while (run.value.state === 'reading') {
    run = await readNextPage(deps, source, index, runId);
    await following.reads(run);
  }
}
