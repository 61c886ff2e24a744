import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { VendorRules } from '../shared/jsonClient';

/** The address of each region, without a slash at the end. */
export type ItGlueUrls = Record<ItGlueRegion, string>;

const MINUTE = 60_000;

export const IT_GLUE_RULES: VendorRules = {
  /**
   * IT Glue allows 3000 requests in 5 minutes to all programs that use the key. We leave some to the others.
   */
  budget: { requests: 2400, windowMs: 5 * MINUTE, forPeople: 400 },
  throttleMs: () => MINUTE,
  /**
   * IT Glue itself refuses with JSON:API errors. A plain 403 comes from its gateway, which does not know the
   * key.
   */
  forbidden: (text) => (/"errors"\s*:/.test(text) ? 'noRight' : 'badKey'),
};
