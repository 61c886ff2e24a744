import { audited } from '../audit/recordAudit';
import { notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { type ImportPage, type ImportRun, isOpen, pageIdOf } from './importRun';
import type { ImportDeps } from './startImport';

const GONE = 'This import is not here any more. Type “import organizations” to start one.';
const POLICY = {
  gone: () => notFound(GONE),
  busy: 'Somebody else is changing this import at this moment. Try again.',
};

/** Throws notFound, with the same words for runs that expired and runs that never were. */
export async function runById(deps: Needs<'importRuns'>, runId: string): Promise<Stored<ImportRun>> {
  const run = await deps.stores.importRuns.get(runId);
  if (!run) throw notFound(GONE);
  return run;
}

/**
 * Applies `changed` to the run as it stands now, and again if somebody changed it in between; undefined
 * leaves the run as it is.
 */
export const changeRun = (
  deps: Needs<'importRuns'>,
  runId: string,
  changed: (run: ImportRun) => ImportRun | undefined,
): Promise<Stored<ImportRun>> => change(deps.stores.importRuns, runId, changed, POLICY);

/** The same for one stored page. */
export const changePage = (
  deps: Needs<'importPages'>,
  runId: string,
  number: number,
  changed: (page: ImportPage) => ImportPage | undefined,
): Promise<Stored<ImportPage>> => change(deps.stores.importPages, pageIdOf(runId, number), changed, POLICY);

/** Ends an open import; what it created or linked until then stays. Ending it again changes nothing. */
export async function cancelImport(
  deps: ImportDeps,
  actor: Actor,
  { runId, requestId }: { runId: string; requestId: string },
): Promise<Stored<ImportRun>> {
  permit(actor, 'organizations.import');
  const run = await runById(deps, runId);
  if (!isOpen(run.value)) return run;
  const entry = { action: 'import.cancel', target: run.value.integrationName } as const;
  return audited(deps, actor, requestId, entry, () =>
    changeRun(deps, runId, (current) =>
      isOpen(current) ? { ...current, state: 'cancelled', finishedAt: deps.clock.now() } : undefined,
    ),
  );
}

/** Notes that an open import could not go on; `sentence` is safe to show. */
export const failImport = (
  deps: Needs<'importRuns', 'clock'>,
  runId: string,
  sentence: string,
): Promise<Stored<ImportRun>> =>
  changeRun(deps, runId, (run) =>
    isOpen(run) ? { ...run, state: 'failed', failure: sentence, finishedAt: deps.clock.now() } : undefined,
  );
