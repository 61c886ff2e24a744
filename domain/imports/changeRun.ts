import { audited } from '../audit/recordAudit';
import { conflict, notFound, VersionConflict } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Stores } from '../stores/stores';
import { type ImportPage, type ImportRun, isOpen, pageIdOf } from './importRun';
import type { ImportDeps } from './startImport';

const GONE = 'This import is not here any more. Type “import organizations” to start one.';
const TRIES = 8;

/** Throws notFound; runs that expired and ones that never were read the same. */
export async function runById(runs: Stores['importRuns'], runId: string): Promise<Stored<ImportRun>> {
  const run = await runs.get(runId);
  if (!run) throw notFound(GONE);
  return run;
}

/** Applies `change` to the run as it stands now, again if it was changed in between; undefined leaves it as it is. */
export async function changeRun(
  runs: Stores['importRuns'],
  runId: string,
  change: (run: ImportRun) => ImportRun | undefined,
): Promise<Stored<ImportRun>> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const current = await runById(runs, runId);
    const changed = change(current.value);
    if (!changed) return current;
    const written = await unlessChanged(runs.replace(current, changed));
    if (written) return written;
  }
  throw conflict(BUSY);
}

/** The same for one stored page. */
export async function changePage(
  pages: Stores['importPages'],
  runId: string,
  number: number,
  change: (page: ImportPage) => ImportPage | undefined,
): Promise<Stored<ImportPage>> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const current = await pages.get(pageIdOf(runId, number));
    if (!current) throw notFound(GONE);
    const changed = change(current.value);
    if (!changed) return current;
    const written = await unlessChanged(pages.replace(current, changed));
    if (written) return written;
  }
  throw conflict(BUSY);
}

const BUSY = 'Somebody else is changing this import at this moment. Try again.';

async function unlessChanged<T>(write: Promise<Stored<T>>): Promise<Stored<T> | undefined> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    return undefined;
  }
}

/** Ends an open import; what was created or linked until then stays. Ending it again changes nothing. */
export async function cancelImport(
  deps: ImportDeps,
  actor: Actor,
  { runId, requestId }: { runId: string; requestId: string },
): Promise<Stored<ImportRun>> {
  permit(actor, 'organizations.import');
  const run = await runById(deps.importRuns, runId);
  if (!isOpen(run.value)) return run;
  const entry = { action: 'import.cancel', target: run.value.integrationName } as const;
  return audited(deps, actor, requestId, entry, async () => ({
    result: await changeRun(deps.importRuns, runId, (current) =>
      isOpen(current) ? { ...current, state: 'cancelled', finishedAt: deps.clock.now() } : undefined,
    ),
  }));
}

/** Notes that an open import could not go on; `sentence` is safe to show. */
export const failImport = (
  deps: Pick<ImportDeps, 'importRuns' | 'clock'>,
  runId: string,
  sentence: string,
): Promise<Stored<ImportRun>> =>
  changeRun(deps.importRuns, runId, (run) =>
    isOpen(run) ? { ...run, state: 'failed', failure: sentence, finishedAt: deps.clock.now() } : undefined,
  );
