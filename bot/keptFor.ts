import type { Clock } from '../domain/ports';

/**
 * Settings of a cache: `max` entries, each for `ms` by this clock. The library itself keeps one a
 * millisecond longer.
 */
export const keptFor = (clock: Clock, max: number, ms: number) => ({
  max,
  ttl: ms - 1,
  ttlResolution: 0,
  perf: clock,
});
