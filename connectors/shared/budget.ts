import { SourceRefused } from '../../domain/organizations/ports';
import type { Timing } from './timing';

/** How many requests an account may make in any period of this length. */
export interface BudgetLimit {
  requests: number;
  windowMs: number;
}

/**
 * The requests of one account, counted apart for people and for background work, so that neither uses up the
 * other's.
 */
export interface SharedLimit extends BudgetLimit {
  /** How many of `requests` are kept for people who wait. Background reading of lists has the others. */
  forPeople: number;
}

/** The two parts of a limit, which together equal it. */
export const partsOf = ({ requests, windowMs, forPeople }: SharedLimit) => ({
  background: { requests: requests - forPeople, windowMs },
  people: { requests: forPeople, windowMs },
});

export interface Budget {
  /**
   * Counts one request, after waiting for its turn. Throws SourceRefused 'throttled' with the seconds to wait
   * when its turn does not come before `until`. A request that had no turn is not counted.
   */
  take(until: number, signal?: AbortSignal): Promise<void>;
  /** True when there was no request within the window, so that the budget may be forgotten. */
  isIdle(): boolean;
}

/**
 * A sliding window: the limit holds for every period of that length, no matter where the vendor's own window
 * begins.
 */
export function createBudget({ requests, windowMs }: BudgetLimit, timing: Timing): Budget {
  let taken: number[] = [];
  const now = () => timing.clock.now();
  const recent = () => {
    const start = now() - windowMs;
    if ((taken[0] ?? now()) <= start) taken = taken.filter((at) => at > start);
    return taken;
  };
  return {
    async take(until, signal) {
      while (recent().length >= requests) {
        const freeAt = (taken[taken.length - requests] ?? 0) + windowMs;
        const waitMs = freeAt - now();
        if (freeAt > until) throw new SourceRefused('throttled', String(Math.ceil(waitMs / 1000)));
        await timing.sleep(waitMs, signal);
      }
      taken.push(now());
    },
    isIdle: () => recent().length === 0,
  };
}

/** The budgets of all accounts in this process, by a key that names the account. Idle ones are forgotten. */
export function createBudgets(timing: Timing): (key: string, limit: BudgetLimit) => Budget {
  const known = new Map<string, Budget>();
  return (key, limit) => {
    for (const [other, budget] of known) if (other !== key && budget.isIdle()) known.delete(other);
    const budget = known.get(key) ?? createBudget(limit, timing);
    known.set(key, budget);
    return budget;
  };
}
