import type { AuditDeps } from '../audit/recordAudit';
import type { OrganizationSources } from '../organizations/ports';
import type { Log, Random, Store } from '../ports';
import type { Integration, KeyEntry } from './integration';
import type { Vault } from './vault';

export interface IntegrationDeps extends AuditDeps {
  integrations: Store<Integration>;
  sources: OrganizationSources;
  vault: Vault;
  log: Log;
}

export interface KeyEntryDeps extends IntegrationDeps {
  keyEntries: Store<KeyEntry>;
  random: Random;
  /** Hudu on private networks (settings). */
  huduPrivateHosts: boolean;
}
