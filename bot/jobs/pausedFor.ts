import { counted } from '../../cards/shared/format';
import { line, type Text, time } from '../../cards/shared/time';
import type { ImportRun } from '../../domain/imports/importRun';
import { type VendorPause, vendorPause } from '../../domain/imports/reading/vendorPause';
import type { Again } from '../../domain/jobs/jobRun';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import { progressCard } from '../views/showImport';
import type { ImportCard } from './importJob';

/**
 * Says on the import's card how long the job leaves the vendor alone; undefined when the work does not go on
 * by itself.
 */
export async function pausedFor(
  deps: AppDeps,
  run: Stored<ImportRun>,
  error: unknown,
  card: ImportCard,
  at: number,
): Promise<Again | undefined> {
  const pause = vendorPause(error, run.value, at, card.pauses());
  if (!pause) return undefined;
  const { refused, againInMs, pauses } = pause;
  await card.paused(pauses);
  deps.log.warn({ run: run.id, refusal: refused.refusal, againInMs }, 'an import waits for the vendor');
  await card.show(progressCard(deps, run, false, noteOf(run.value, pause, deps.clock.now())));
  return { againInMs };
}

function noteOf(
  { integrationName, state }: ImportRun,
  { refused: { refusal }, againInMs }: VendorPause,
  now: number,
): Text {
  const trouble = refusal === 'throttled' ? 'is busy' : 'cannot be reached at the moment';
  const seconds = Math.ceil(againInMs / 1000);
  const wait = seconds < 120 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute');
  const kept = state === 'applying' ? 'done' : 'read';
  return line`${integrationName} ${trouble}. What was ${kept} is kept; the import goes on by itself in ${wait}, at ${time(now + againInMs)}.`;
}
