import { PassingFault } from './networkFault';
import type { Timing } from './timing';

const TRIES = 4;
const FIRST_WAIT_MS = 500;

/**
 * Tries again what fails in passing, after a wait of full jitter that doubles, and never sooner than the vendor asks.
 * Gives up after four tries, or when the wait would pass `until`. Throws what `attempt` throws, of a PassingFault what
 * it refused.
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
