import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { VendorRules } from '../shared/jsonClient';

/** Where each region is; no slash at the end. */
export type ItGlueUrls = Record<ItGlueRegion, string>;

const MINUTE = 60_000;

export const IT_GLUE_RULES: VendorRules = {
  /** IT Glue allows 3000 in 5 minutes, to all programs that use the key together: some are left to the others. */
  budget: { requests: 2400, windowMs: 5 * MINUTE, forPeople: 400 },
  throttleMs: () => MINUTE,
  /** IT Glue itself says no with JSON:API errors; a plain 403 comes from its gateway, which does not know the key. */
  forbidden: (text) => (/"errors"\s*:/.test(text) ? 'noRight' : 'badKey'),
};
