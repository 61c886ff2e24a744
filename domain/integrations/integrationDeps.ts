import type { AuditDeps } from '../audit/recordAudit';
import type { OrganizationSources } from '../organizations/ports';
import type { Needs } from '../stores/core';
import type { Vault } from './vault';

export type IntegrationDeps = AuditDeps &
  Needs<'integrations', 'log'> & {
    sources: OrganizationSources;
    vault: Vault;
  };

export type KeyEntryDeps = IntegrationDeps &
  Needs<'oneTimeLinks' | 'schedules', 'random'> & {
    /** The settings allow a Hudu on private networks. */
    huduPrivateHosts: boolean;
  };
