import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { BudgetLimit } from '../shared/budget';

/** Where each region is; no slash at the end. */
export type ItGlueUrls = Record<ItGlueRegion, string>;

/** IT Glue allows 3000 in 5 minutes to all programs of an account together: some are left to the others. */
export const IT_GLUE_BUDGET: BudgetLimit = { requests: 2400, windowMs: 5 * 60_000 };

/** A 429 of IT Glue need not say when to come back. */
export const itGlueThrottleMs = (): number => 60_000;
