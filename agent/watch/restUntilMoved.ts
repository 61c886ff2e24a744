import type { Directory } from '../ports';
import { pause } from '../run/supervise';
import type { Timing } from '../timing';

/**
 * How often the highest USN is asked for: a question that costs the controller and the agent next to nothing.
 */
const ASK_MS = 250;
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

/** How long users are not read again, after a look that took so long; `read`: it read users. */
export const restAfter = (tookMs: number, read: boolean): number =>
  read ? Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, tookMs)) : ASK_MS;

/**
 * Rests so long, and then until the highest USN is another one than `seenUsn`, or for ten seconds. Throws
 * DirectoryFault when the controller does not say.
 */
export async function restUntilMoved(
  { directory, timing, signal }: { directory: Directory; timing: Timing; signal: AbortSignal },
  seenUsn: bigint | undefined,
  restMs: number,
): Promise<void> {
  await pause(timing, restMs, signal);
  for (let rested = restMs; rested < LOOK_ANYWAY_MS && !signal.aborted; rested += ASK_MS) {
    if ((await directory.highestUsn()) !== seenUsn) return;
    await pause(timing, ASK_MS, signal);
  }
}
