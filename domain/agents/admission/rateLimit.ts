import type { Clock } from '../../ports';

/** Undefined, or after how many seconds the caller may try again. */
export type RateLimit = (key: string) => number | undefined;

/**
 * At most `most` in each window of `windowMs` for each key, in this process. Its memory ends with the window.
 */
export function createRateLimit(clock: Clock, most: number, windowMs: number): RateLimit {
  const counts = new Map<string, number>();
  let windowStart = clock.now();
  return (key) => {
    const now = clock.now();
    if (now < windowStart || now >= windowStart + windowMs) {
      counts.clear();
      windowStart = now;
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count > most ? Math.ceil((windowStart + windowMs - now) / 1000) : undefined;
  };
}
