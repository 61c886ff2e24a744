import type { Store } from '../../domain/ports';
import type { Stores } from '../../domain/stores/stores';
import { agentOrders } from './agentOrders';
import { agentRequests } from './agentRequests';
import { agents } from './agents';
import { audit } from './audit';
import type { CollectionDef } from './collectionDef';
import { conversations } from './conversations';
import { customerBudgets } from './customerBudgets';
import { customers } from './customers';
import { deliveries } from './deliveries';
import { directoryAccounts } from './directoryAccounts';
import { events } from './events';
import { importPages } from './importPages';
import { importRuns } from './importRuns';
import { installLinks } from './installLinks';
import { installTokens } from './installTokens';
import { integrations } from './integrations';
import { inventoryUploads } from './inventoryUploads';
import { jobs } from './jobs';
import { keyEntries } from './keyEntries';
import { links } from './links';
import { listLinks } from './listLinks';
import { notices } from './notices';
import { people } from './people';
import { references } from './references';
import { sendBudgets } from './sendBudgets';
import { signIns } from './signIns';
import { subscriptions } from './subscriptions';
import { tenantProposals } from './tenantProposals';
import { visits } from './visits';

/** Makes the store of every collection; a collection that is not in this list does not exist. */
export const storesOf = (
  make: <T, Keys extends string, UniqueKeys extends string>(
    def: CollectionDef<T, Keys, UniqueKeys>,
  ) => Store<T, Keys, UniqueKeys>,
): Stores => ({
  customers: make(customers),
  people: make(people),
  audit: make(audit),
  conversations: make(conversations),
  references: make(references),
  signIns: make(signIns),
  tenantProposals: make(tenantProposals),
  visits: make(visits),
  jobs: make(jobs),
  integrations: make(integrations),
  keyEntries: make(keyEntries),
  links: make(links),
  importRuns: make(importRuns),
  importPages: make(importPages),
  listLinks: make(listLinks),
  agents: make(agents),
  installTokens: make(installTokens),
  installLinks: make(installLinks),
  agentRequests: make(agentRequests),
  agentOrders: make(agentOrders),
  directoryAccounts: make(directoryAccounts),
  inventoryUploads: make(inventoryUploads),
  events: make(events),
  notices: make(notices),
  deliveries: make(deliveries),
  subscriptions: make(subscriptions),
  sendBudgets: make(sendBudgets),
  customerBudgets: make(customerBudgets),
});
