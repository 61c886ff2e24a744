import type { DirectoryAccount, InventoryUpload } from '../accounts/directoryAccount';
import type { CustomerBudget } from '../agents/admission/bounds';
import type { Agent, AgentOrder, AgentRequest, InstallToken } from '../agents/agent';
import type { AuditRecord } from '../audit/auditRecord';
import type { ConversationReferenceRecord, ConversationState } from '../conversations/conversationState';
import type { Customer } from '../customers/customer';
import type { CustomerEvent } from '../events/customerEvent';
import type { ImportPage, ImportRun } from '../imports/importRun';
import type { Integration } from '../integrations/integration';
import type { Job } from '../jobs/job';
import type { OneTimeLink } from '../links/oneTimeLink';
import type { Visit } from '../links/visit';
import type { Delivery } from '../notifications/delivery';
import type { Notice, SendBudget, Subscription } from '../notifications/notification';
import type { OrganizationLink } from '../organizations/organization';
import type { Person } from '../people/person';
import type { Store } from '../ports';
import type { Schedule } from '../schedules/schedule';
import type { TenantProposal } from '../tenants/tenantProposal';

/** Every collection of the product. */
export interface Stores {
  customers: Store<
    Customer,
    'status' | 'nameKey' | 'words' | 'changedAt' | 'standing' | 'purgeAt',
    'nameKey' | 'tenantId' | 'createdByRequest'
  >;
  people: Store<Person, 'name', never>;
  audit: Store<AuditRecord, 'customerId' | 'at', never>;
  conversations: Store<ConversationState, never, never>;
  references: Store<ConversationReferenceRecord, 'personId' | 'kind', never>;
  oneTimeLinks: Store<OneTimeLink, 'kind' | 'personId' | 'conversationKey' | 'customerId', 'stateHash'>;
  tenantProposals: Store<TenantProposal, 'technicianId', never>;
  visits: Store<Visit, 'personId', 'stateHash'>;
  jobs: Store<Job, 'kind' | 'customerId', never>;
  schedules: Store<Schedule, 'customerId', never>;
  integrations: Store<Integration, 'name', 'name'>;
  links: Store<OrganizationLink, 'customerId' | 'integrationId', 'customerAndIntegration'>;
  importRuns: Store<ImportRun, 'integrationId' | 'state' | 'startedAt', 'open'>;
  importPages: Store<ImportPage, 'runId' | 'number', never>;
  agents: Store<Agent, 'customerId' | 'state', 'machine'>;
  installTokens: Store<InstallToken, 'customerId', never>;
  agentRequests: Store<AgentRequest, never, never>;
  agentOrders: Store<AgentOrder, 'customerId' | 'agentId' | 'state' | 'issuedAt', never>;
  directoryAccounts: Store<DirectoryAccount, 'customerId' | 'snapshot' | 'name', never>;
  inventoryUploads: Store<InventoryUpload, 'customerId', never>;
  events: Store<
    CustomerEvent,
    | 'customerId'
    | 'kind'
    | 'at'
    | 'toldAt'
    | 'explanation'
    | 'answeredAt'
    | 'arrival'
    | 'joinedTo'
    | 'joinedAt',
    'resetVersion' | 'resetTime'
  >;
  notices: Store<Notice, 'customerId' | 'openedAt', 'open'>;
  deliveries: Store<
    Delivery,
    'conversationId' | 'subject' | 'line' | 'keptFor' | 'customerId' | 'state' | 'createdAt',
    never
  >;
  subscriptions: Store<Subscription, 'personId' | 'scope', never>;
  sendBudgets: Store<SendBudget, never, never>;
  customerBudgets: Store<CustomerBudget, never, never>;
}

/** The fields that narrow a list and a count of this collection. */
export type QueryFilter<Name extends keyof Stores> = NonNullable<Parameters<Stores[Name]['count']>[0]>;
