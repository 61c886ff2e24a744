import { counted, timeOfDay } from '../../cards/format';
import type { ImportRun } from '../../domain/imports/importRun';
import { isPassing } from '../../domain/imports/readNextPage';
import type { Again } from '../../domain/jobs/jobRun';
import { SourceRefused } from '../../domain/organizations/ports';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import { progressCard } from '../views/showImport';
import type { ImportCard } from './importJob';

const PAUSES = 5;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * How long a vendor is to be left alone that is busy or away, said on the import's card; what was done stays, and then it
 * goes on `at` that page or row. Undefined for any other error, and when waiting has not helped.
 */
export async function vendorPause(
  deps: AppDeps,
  run: Stored<ImportRun>,
  error: unknown,
  card: ImportCard,
  at: number,
): Promise<Again | undefined> {
  if (!(error instanceof SourceRefused) || !isPassing(error, run.value)) return undefined;
  const times = await card.pausedAt(at);
  if (times > PAUSES) return undefined;
  const asked = error.refusal === 'throttled' ? Number(error.detail ?? 0) * 1000 : 0;
  const againInMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS * 2 ** (times - 1), asked));
  deps.log.warn({ run: run.id, refusal: error.refusal, againInMs }, 'an import waits for the vendor');
  await card.show(progressCard(deps, run, false, noteOf(deps, run.value, error, againInMs)));
  return { againInMs };
}

function noteOf(
  { clock }: AppDeps,
  { integrationName, state }: ImportRun,
  { refusal }: SourceRefused,
  againInMs: number,
): string {
  const trouble = refusal === 'throttled' ? 'is busy' : 'cannot be reached at the moment';
  const seconds = Math.ceil(againInMs / 1000);
  const wait = seconds < 120 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute');
  const kept = state === 'applying' ? 'done' : 'read';
  return `${integrationName} ${trouble}. What was ${kept} is kept; it goes on by itself in ${wait}, at ${timeOfDay(clock.now() + againInMs)}.`;
}
