import { LRUCache } from 'lru-cache';

/**
 * For each key, in this process: so much at once, and the same amount again in each period, spread
 * evenly over it.
 */
export interface Pace {
  /** Takes one. If fewer than `leave` would remain, it takes none and returns the milliseconds to wait. */
  take(key: string, leave?: number): number | undefined;
  /** Returns the last one taken: it was not needed. */
  giveBack(key: string): void;
}

/** Remembers so many keys at once; it forgets the least recently used one first. */
const KEPT = 2_000;

export function createPace(
  { most, everyMs }: { most: number; everyMs: number },
  now: () => number,
  kept = KEPT,
): Pace {
  /** For each key, the moment when its whole amount is free again. */
  const freeAt = new LRUCache<string, number>({ max: kept });
  const step = everyMs / most;
  /** A moment farther away comes from a clock that was wrong. */
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
