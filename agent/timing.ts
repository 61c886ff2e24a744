import { setTimeout } from 'node:timers/promises';

/** Time and chance. They are injected, so no test has to wait. */
export interface Timing {
  /** Milliseconds since 1970-01-01 UTC, by this machine's clock. */
  now(): number;
  /** Throws when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 <= n < 1 */
  random(): number;
}

export const systemTiming: Timing = {
  now: Date.now,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  random: Math.random,
};

/**
 * The wait after `failures` failures in a row. It doubles up to `mostMs`, and half of it is random, so that
 * agents do not fall into step.
 */
export function backoffMs(failures: number, mostMs: number, random: () => number): number {
  const whole = Math.min(mostMs, 1000 * 2 ** Math.min(failures - 1, 20));
  return whole / 2 + (whole / 2) * random();
}

/** Waits for the work, but no longer than `ms`, and not past the signal. Throws what the work throws. */
export async function waitAtMost(
  ms: number,
  work: Promise<unknown>,
  timing: Timing,
  signal: AbortSignal,
): Promise<void> {
  const enough = new AbortController();
  const asleep = timing.sleep(ms, AbortSignal.any([enough.signal, signal]));
  await Promise.race([work, asleep.catch(() => undefined)]);
  enough.abort();
}
