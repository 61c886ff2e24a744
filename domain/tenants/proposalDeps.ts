import type { AuditDeps } from '../audit/recordAudit';
import type { Stores } from '../stores/stores';
import type { TenantDirectory } from './ports';

export interface ProposalDeps
  extends AuditDeps,
    Pick<Stores, 'tenantProposals' | 'customers' | 'links' | 'agents' | 'directoryAccounts'> {
  directory: Pick<TenantDirectory, 'describe' | 'forget'>;
}
