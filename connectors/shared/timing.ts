import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../domain/ports';

/** Time and randomness, passed in so that no test waits. */
export interface Timing {
  clock: Clock;
  /** Throws when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 <= n < 1 */
  random(): number;
}

export const systemTiming: Omit<Timing, 'clock'> = {
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  random: Math.random,
};
