import { byField, type DefinitionOf } from '../collectionDef';

/** A visit expires with its link. */
export const visits: DefinitionOf<'visits'> = {
  name: 'visits',
  ofCustomer: 'nothing',
  keys: { personId: (visit) => visit.person.id },
  unique: byField('stateHash'),
  expires: (visit) => visit.expiresAt,
};
