import type { Directory } from '../ports';
import { pause } from '../run/supervise';
import type { Timing } from '../timing';

/**
 * How often the highest USN is asked for: a question that costs the controller next to nothing. To wake up for
 * it is nearly all that an agent at rest does: some milliseconds of a processor that rested, too. So a
 * controller where nothing changed for ten seconds is asked more seldom, and a reset still gets to Teams
 * within a second.
 */
const ASK_MS = 250;
const CALM_ASK_MS = 800;
/**
 * A busy controller's USN moves all the time, with every change of anything. Its users are then still read
 * twice a second at most, by the index of what changed since, and for half of the time at most: a controller
 * that takes long is left alone for as long.
 */
const LEAST_REST_MS = 500;
const MOST_REST_MS = 2_000;
/**
 * Without any change all is looked at again after that: which controller this is, and whether the connection
 * is an hour old.
 */
const LOOK_ANYWAY_MS = 10_000;

/** How long the agent rests before its first question, and between two of them. */
export interface Rests {
  firstMs: number;
  askMs: number;
}

/** After a look that took so long; `read`: something had changed, so it read users. */
export const restsAfter = (tookMs: number, read: boolean): Rests =>
  read
    ? { firstMs: Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, tookMs)), askMs: ASK_MS }
    : { firstMs: CALM_ASK_MS, askMs: CALM_ASK_MS };

/**
 * Rests until the highest USN is another one than `seenUsn`, or for ten seconds. Throws DirectoryFault when the
 * controller does not say.
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
