import type { DefinitionOf } from './collectionDef';

/** Gone with the link that it belongs to. */
export const visits: DefinitionOf<'visits'> = {
  name: 'visits',
  ofCustomer: 'nothing',
  keys: { personId: (visit) => visit.person.id },
  unique: { stateHash: (visit) => visit.stateHash },
  expires: (visit) => visit.expiresAt,
};
