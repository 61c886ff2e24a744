import type { VendorRules } from '../shared/jsonClient';

/** The first version whose API has all that we use. */
export const OLDEST_HUDU = '2.1.5.7';

const MINUTE = 60_000;
const MARK = 5 * MINUTE;

export const HUDU_RULES: VendorRules = {
  /** Hudu allows 300 requests a minute. We leave some to other programs. */
  budget: { requests: 240, windowMs: MINUTE, forPeople: 40 },
  /** Hudu starts its count anew at every fifth minute of the hour, and does not say so. */
  throttleMs: (now) => MARK - (now % MARK),
  forbidden: () => 'noRight',
};
