import type { Directory } from '../ports';
import { pause } from '../run/supervise';
import type { Timing } from '../timing';

/**
 * How often the agent asks for the highest USN, which costs the controller next to nothing. This is nearly
 * all that a resting agent does, and each wake-up also costs some milliseconds of a processor that rested.
 * So the agent asks less often after ten seconds without a change, and a reset still gets to Teams within a
 * second.
 */
const ASK_MS = 250;
const CALM_ASK_MS = 800;
/**
 * The USN of a busy controller moves all the time, with every change of anything. Then the agent reads its
 * users at most twice a second, by the index of what changed since, and for at most half of the time: after
 * a slow answer it rests for as long as the answer took.
 */
const LEAST_REST_MS = 500;
const MOST_REST_MS = 2_000;
/**
 * After this time without a change the agent looks at everything again: which controller it is, and whether
 * the connection is an hour old.
 */
const LOOK_ANYWAY_MS = 10_000;

/** How long the agent rests before its first question, and between two questions. */
export interface Rests {
  firstMs: number;
  askMs: number;
}

/** The rests after a look that took `tookMs`. `read`: something had changed, so the look read users. */
export const restsAfter = (tookMs: number, read: boolean): Rests =>
  read
    ? { firstMs: Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, tookMs)), askMs: ASK_MS }
    : { firstMs: CALM_ASK_MS, askMs: CALM_ASK_MS };

/**
 * Rests until the highest USN differs from `seenUsn`, or for ten seconds. Throws DirectoryFault when the
 * controller does not tell it.
 */
export async function restUntilMoved(
  { directory, timing, signal }: { directory: Directory; timing: Timing; signal: AbortSignal },
  seenUsn: bigint | undefined,
  { firstMs, askMs }: Rests,
): Promise<void> {
  await pause(timing, firstMs, signal);
  for (let rested = firstMs; rested < LOOK_ANYWAY_MS && !signal.aborted; rested += askMs) {
    if ((await directory.highestUsn()) !== seenUsn) return;
    await pause(timing, askMs, signal);
  }
}
