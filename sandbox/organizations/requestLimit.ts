import type { Clock } from '../../domain/ports';

export interface LimitRule {
  /** How many requests are answered in one window. */
  requests: number;
  windowMs: number;
  /**
   * After too many requests, refusing ends at the next multiple of this on the clock. Default: at the
   * window's end.
   */
  resetMs?: number;
}

interface Spent {
  window: number;
  requests: number;
  refusedUntil: number;
}

/**
 * Counts the requests of each API key like the vendors, in windows that begin at fixed times of the clock.
 */
export interface RequestLimit {
  /** False when the request exceeds the limit. */
  allows(key: string): boolean;
  setRule(rule: LimitRule): void;
}

export function makeRequestLimit(clock: Clock, begin: LimitRule): RequestLimit {
  let rule = begin;
  const spent = new Map<string, Spent>();
  const current = (key: string, window: number): Spent => {
    const before = spent.get(key);
    if (before?.window === window) return before;
    const fresh = { window, requests: 0, refusedUntil: before?.refusedUntil ?? 0 };
    spent.set(key, fresh);
    return fresh;
  };
  return {
    allows(key) {
      const now = clock.now();
      const mine = current(key, Math.floor(now / rule.windowMs));
      if (now < mine.refusedUntil) return false;
      mine.requests += 1;
      if (mine.requests <= rule.requests) return true;
      const mark = rule.resetMs ?? rule.windowMs;
      mine.refusedUntil = (Math.floor(now / mark) + 1) * mark;
      return false;
    },
    setRule(changed) {
      rule = changed;
      spent.clear();
    },
  };
}
