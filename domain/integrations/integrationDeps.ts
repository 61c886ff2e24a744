import type { AuditDeps } from '../audit/recordAudit';
import type { OrganizationSources } from '../organizations/ports';
import type { Log, Random } from '../ports';
import type { Stores } from '../stores/stores';
import type { Vault } from './vault';

export interface IntegrationDeps extends AuditDeps {
  integrations: Stores['integrations'];
  sources: OrganizationSources;
  vault: Vault;
  log: Log;
}

export interface KeyEntryDeps extends IntegrationDeps, Pick<Stores, 'oneTimeLinks' | 'schedules'> {
  random: Random;
  /** Hudu on private networks (settings). */
  huduPrivateHosts: boolean;
}
