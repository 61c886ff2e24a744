import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { KeyRights } from '../organizations/vendorWorld';

export interface ItGlueKey {
  key: string;
  /** The only region that knows the key. */
  region: ItGlueRegion;
  rights: KeyRights;
}
