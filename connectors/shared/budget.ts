import { SourceRefused } from '../../domain/organizations/ports';
import type { Timing } from './timing';

/** How many requests an account may make in any such stretch of time. */
export interface BudgetLimit {
  requests: number;
  windowMs: number;
}

/** One account's requests, told apart by who waits for them: neither kind can use up the other's. */
export interface SharedLimit extends BudgetLimit {
  /** Of `requests`, those kept for what a person waits for; the others are for lists that are read in the background. */
  forPeople: number;
}

/** The parts of a limit, which together are never more than it. */
export const partsOf = ({ requests, windowMs, forPeople }: SharedLimit) => ({
  background: { requests: requests - forPeople, windowMs },
  people: { requests: forPeople, windowMs },
});

export interface Budget {
  /**
   * Counts one request, waiting for its turn. Throws SourceRefused 'throttled' with the seconds to wait, when its turn
   * does not come before `until`; a request that never had a turn counts for nothing.
   */
  take(until: number, signal?: AbortSignal): Promise<void>;
  /** Nothing was asked within the window, so that it may be forgotten. */
  isIdle(): boolean;
}

/** A window that slides: the limit holds for every stretch of that length, wherever the vendor's own window begins. */
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

/** The budgets of all accounts of this process, by a key that names the account; idle ones are forgotten. */
export function createBudgets(timing: Timing): (key: string, limit: BudgetLimit) => Budget {
  const known = new Map<string, Budget>();
  return (key, limit) => {
    for (const [other, budget] of known) if (other !== key && budget.isIdle()) known.delete(other);
    const budget = known.get(key) ?? createBudget(limit, timing);
    known.set(key, budget);
    return budget;
  };
}
