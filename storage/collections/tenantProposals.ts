import type { DefinitionOf } from '../collectionDef';

/** At most one for each customer. An unanswered one expires after a day, with the names in it. */
export const tenantProposals: DefinitionOf<'tenantProposals'> = {
  name: 'tenantProposals',
  ofCustomer: 'id',
  keys: { technicianId: (proposal) => proposal.technician.id },
  expires: (proposal) => proposal.expiresAt,
};
