import type { TenantProposal } from '../../domain/tenants/tenantProposal';
import type { CollectionDef } from './collectionDef';

/** One for each customer; an unanswered one is gone after a day, with whom it names. */
export const tenantProposals: CollectionDef<TenantProposal> = {
  name: 'tenantProposals',
  keys: { technicianId: (proposal) => proposal.technician.id },
  unique: {},
  expires: (proposal) => proposal.expiresAt,
};
