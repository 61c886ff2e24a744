import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { KeyRights } from '../organizations/vendorWorld';

export interface ItGlueKey {
  key: string;
  /** Unknown in the other ones. */
  region: ItGlueRegion;
  rights: KeyRights;
}
