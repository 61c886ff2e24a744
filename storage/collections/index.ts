import type { Store, Stores } from '../../domain/ports';
import { audit } from './audit';
import type { CollectionDef } from './collectionDef';
import { conversations } from './conversations';
import { customers } from './customers';
import { jobs } from './jobs';
import { people } from './people';
import { references } from './references';
import { signIns } from './signIns';

/** Makes the store of every collection; a collection that is not in this list does not exist. */
export const storesOf = (make: <T>(def: CollectionDef<T>) => Store<T>): Stores => ({
  customers: make(customers),
  people: make(people),
  audit: make(audit),
  conversations: make(conversations),
  references: make(references),
  signIns: make(signIns),
  jobs: make(jobs),
});
