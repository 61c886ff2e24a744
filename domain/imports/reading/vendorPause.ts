import type { Again } from '../../jobs/jobRun';
import { SourceRefused } from '../../organizations/ports';
import type { ImportRun } from '../importRun';
import { isPassing } from './readNextPage';

const PAUSES = 5;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** How often the import waited for the vendor since it began to read page `at`, or to apply row `at`. */
export interface Pauses {
  at: number;
  count: number;
}

/** The import leaves the vendor alone until it goes on at `pauses.at`. */
export interface VendorPause extends Again {
  refused: SourceRefused;
  pauses: Pauses;
}

/**
 * Says what comes next when the vendor is busy or away; undefined for any other error, and when waiting
 * has not helped.
 */
export function vendorPause(
  error: unknown,
  run: ImportRun,
  at: number,
  before?: Pauses,
): VendorPause | undefined {
  if (!(error instanceof SourceRefused) || !isPassing(error, run)) return undefined;
  const count = before?.at === at ? before.count + 1 : 1;
  if (count > PAUSES) return undefined;
  const asked = error.refusal === 'throttled' ? Number(error.detail ?? 0) * 1000 : 0;
  const againInMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS * 2 ** (count - 1), asked));
  return { refused: error, againInMs, pauses: { at, count } };
}
