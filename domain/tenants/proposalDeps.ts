import type { AuditDeps } from '../audit/recordAudit';
import type { Needs } from '../stores/core';
import type { TenantDirectory } from './ports';

export type ProposalDeps = AuditDeps &
  Needs<'tenantProposals' | 'customers' | 'deliveries' | 'links' | 'agents' | 'directoryAccounts'> & {
    directory: Pick<TenantDirectory, 'describe' | 'forget'>;
  };
