import { PassingFault } from './networkFault';
import type { Timing } from './timing';

const TRIES = 4;
const FIRST_WAIT_MS = 500;

/**
 * Tries again after a passing fault. The wait has full jitter, doubles each time, and is never shorter than
 * the vendor asks. Gives up after four tries, or when the wait would pass `until`. Throws what `attempt`
 * throws; of a PassingFault, the refusal in it.
 */
export async function retried<T>(
  attempt: () => Promise<T>,
  timing: Timing,
  until: number,
  signal?: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PassingFault)) throw error;
      const wait = error.waitMs + timing.random() * FIRST_WAIT_MS * 2 ** (tried - 1);
      if (tried === TRIES || timing.clock.now() + wait >= until) throw error.refused;
      await timing.sleep(wait, signal);
    }
  }
}
