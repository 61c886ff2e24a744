import type { Store } from '../../domain/ports';
import type { Stores } from '../../domain/stores/stores';
import type { AnyCollection, CollectionDef, DefinitionOf } from '../collectionDef';
import { agentOrders } from './agentOrders';
import { agentRequests } from './agentRequests';
import { agents } from './agents';
import { audit } from './audit';
import { conversations } from './conversations';
import { customerBudgets } from './customerBudgets';
import { customers } from './customers';
import { deliveries } from './deliveries';
import { directoryAccounts } from './directoryAccounts';
import { events } from './events';
import { importPages } from './importPages';
import { importRuns } from './importRuns';
import { installTokens } from './installTokens';
import { integrations } from './integrations';
import { inventoryUploads } from './inventoryUploads';
import { jobs } from './jobs';
import { links } from './links';
import { notices } from './notices';
import { oneTimeLinks } from './oneTimeLinks';
import { people } from './people';
import { references } from './references';
import { schedules } from './schedules';
import { sendBudgets } from './sendBudgets';
import { subscriptions } from './subscriptions';
import { tenantProposals } from './tenantProposals';
import { visits } from './visits';

/** Every collection. A collection outside this list does not exist. */
export const definitions: { [Name in keyof Stores]: DefinitionOf<Name> } = {
  customers,
  people,
  audit,
  conversations,
  references,
  tenantProposals,
  oneTimeLinks,
  visits,
  jobs,
  schedules,
  integrations,
  links,
  importRuns,
  importPages,
  agents,
  installTokens,
  agentRequests,
  agentOrders,
  directoryAccounts,
  inventoryUploads,
  events,
  notices,
  deliveries,
  subscriptions,
  sendBudgets,
  customerBudgets,
};

type Make = <T, Keys extends string, UniqueKeys extends string>(
  def: CollectionDef<T, Keys, UniqueKeys>,
) => Store<T, Keys, UniqueKeys>;

const NO_KEYS = { keys: {}, unique: {} };

/** Makes the store of every collection. */
export const storesOf = (make: Make): Stores =>
  Object.fromEntries(
    Object.entries(definitions).map(([name, def]) => [
      name,
      make({ ...NO_KEYS, ...(def as AnyCollection<unknown>) }),
    ]),
  ) as unknown as Stores;
