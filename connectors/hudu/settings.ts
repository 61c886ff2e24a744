import type { BudgetLimit } from '../shared/budget';

/** The first version whose API has all that we use. */
export const OLDEST_HUDU = '2.1.5.7';

/** Hudu allows 300 in a minute: some are left to other programs. */
export const HUDU_BUDGET: BudgetLimit = { requests: 240, windowMs: 60_000 };

const MARK_MS = 5 * 60_000;

/** Hudu counts anew at every fifth minute of the hour, and does not say so in its 429. */
export const huduThrottleMs = (now: number): number => MARK_MS - (now % MARK_MS);
