import { LRUCache } from 'lru-cache';

/** So much at once, and again so much in each period, spread over it: of each key, in this process. */
export interface Pace {
  /** Takes one. When fewer than `leave` would be left, it takes none and returns the milliseconds to wait. */
  take(key: string, leave?: number): number | undefined;
  /** What was taken last was not needed. */
  giveBack(key: string): void;
}

/** So many keys may be used at once; the one that was used longest ago is forgotten first. */
const KEPT = 2_000;

export function createPace(
  { most, everyMs }: { most: number; everyMs: number },
  now: () => number,
  kept = KEPT,
): Pace {
  /** Of each key the moment at which all of it is free again. */
  const freeAt = new LRUCache<string, number>({ max: kept });
  const step = everyMs / most;
  /** One that is farther away is of a clock that was wrong. */
  const freeOf = (key: string) => Math.min(Math.max(now(), freeAt.get(key) ?? 0), now() + everyMs);
  return {
    take(key, leave = 0) {
      const free = freeOf(key) + step;
      const waitMs = free + leave * step - now() - everyMs;
      if (waitMs > 0) return Math.ceil(waitMs);
      freeAt.set(key, free);
      return undefined;
    },
    giveBack: (key) => void freeAt.set(key, freeOf(key) - step),
  };
}
