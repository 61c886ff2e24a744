import type { Visit } from '../../domain/links/visit';
import type { CollectionDef } from './collectionDef';

/** Gone with the link that it belongs to. */
export const visits: CollectionDef<Visit> = {
  name: 'visits',
  keys: { personId: (visit) => visit.person.id },
  unique: { stateHash: (visit) => visit.stateHash },
  expires: (visit) => visit.expiresAt,
};
