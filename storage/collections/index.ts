import type { Store, Stores } from '../../domain/ports';
import { audit } from './audit';
import type { CollectionDef } from './collectionDef';
import { conversations } from './conversations';
import { customers } from './customers';
import { importPages } from './importPages';
import { importRuns } from './importRuns';
import { integrations } from './integrations';
import { jobs } from './jobs';
import { keyEntries } from './keyEntries';
import { links } from './links';
import { listLinks } from './listLinks';
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
  integrations: make(integrations),
  keyEntries: make(keyEntries),
  links: make(links),
  importRuns: make(importRuns),
  importPages: make(importPages),
  listLinks: make(listLinks),
});
