import type { DefinitionOf } from './collectionDef';

/** One for each customer; an unanswered one is gone after a day, with whom it names. */
export const tenantProposals: DefinitionOf<'tenantProposals'> = {
  name: 'tenantProposals',
  ofCustomer: 'id',
  keys: { technicianId: (proposal) => proposal.technician.id },
  unique: {},
  expires: (proposal) => proposal.expiresAt,
};
