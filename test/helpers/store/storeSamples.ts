import type { Stores } from '../../../domain/stores/stores';
import { agentSamples } from '../agent/agentSamples';
import { NOW, padded, type Sample, type Value, who } from './storeSample';

/** One kind of value for each collection. The contract suite fails for a collection without one. */
export const samples: { [Name in keyof Stores]: Sample<Value<Stores[Name]>> } = {
  customers: {
    make: (n) => ({
      id: `customer-${n}`,
      name: `Contoso ${padded(n)}`,
      nameKey: `contoso ${padded(n)}`,
      status: 'active',
      activeDirectory: { state: 'notChosen' },
      office365: connected(`tenant-${n}`),
      createdAt: NOW,
      createdBy: who,
      createdByRequest: `request-${n}`,
      changedAt: NOW + n,
    }),
    share: {
      nameKey: (customer) => ({ ...customer, nameKey: 'fabrikam' }),
      tenantId: (customer) => ({ ...customer, office365: connected('tenant-shared') }),
      createdByRequest: (customer) => ({ ...customer, createdByRequest: 'request-shared' }),
    },
  },
  people: {
    make: (n) => ({
      objectId: `person-${n}`,
      name: `Person ${padded(n)}`,
      roles: ['technician'],
      addedBy: who,
      addedAt: NOW,
    }),
    share: {},
  },
  audit: {
    make: (n) => ({
      at: NOW + n,
      actor: who,
      conversationId: 'conversation',
      action: 'customer.add',
      customerId: `customer-${padded(n)}`,
      target: 'Contoso',
      outcome: 'done',
    }),
    share: {},
  },
  conversations: {
    make: (n) => ({
      dialogs: { dialogStack: [{ id: 'addCustomer', state: { step: n } }] },
      answered: [`activity-${n}`],
      pending: [{ turnId: `turn-${n}`, reference: {}, activities: [], sent: 0, attempts: 0, dueAt: NOW + n }],
      changedAt: NOW,
    }),
    share: {},
  },
  references: {
    make: (n) => ({
      reference: { conversation: { id: `conversation-${n}` } },
      kind: 'personal',
      personId: `person-${padded(n)}`,
      installed: true,
      changedAt: NOW,
    }),
    share: {},
  },
  oneTimeLinks: {
    make: (n) => ({
      kind: 'signIn',
      person: { ...who, id: `person-${padded(n)}` },
      conversationKey: `conversation-${padded(n)}`,
      conversationId: 'conversation',
      facts: { customerId: `customer-${padded(n)}`, ownTenantMeant: false },
      stage: 'used',
      button: { messageId: `message-${n}`, reference: {}, title: 'Sign in' },
      stateHash: `hash-${n}`,
      wrongCodes: 0,
      createdAt: NOW + n,
      expiresAt: NOW + 600_000,
    }),
    share: { stateHash: (link) => ({ ...link, stateHash: 'hash-shared' }) },
  },
  visits: {
    make: (n) => ({
      kind: 'keyEntry',
      person: { ...who, id: `person-${padded(n)}` },
      conversationId: 'conversation',
      stage: 'bound',
      cookieHash: `cookie-${n}`,
      stateHash: `hash-${n}`,
      expiresAt: NOW + 600_000,
    }),
    share: { stateHash: (visit) => ({ ...visit, stateHash: 'hash-shared' }) },
  },
  tenantProposals: {
    make: (n) => ({
      id: `sign-in-${n}`,
      customerId: `customer-${padded(n)}`,
      technician: { ...who, id: `person-${padded(n)}` },
      admin: { tenantId: `tenant-${n}`, objectId: 'admin', name: 'Ada', username: 'ada@contoso.example' },
      consentedAt: NOW,
      state: 'waiting',
      expiresAt: NOW + 600_000,
    }),
    share: {},
  },
  jobs: {
    make: (n) => ({
      kind: `kind-${padded(n)}`,
      customerId: `customer-${padded(n)}`,
      input: {},
      state: 'waiting',
      attempts: 0,
      dueAt: NOW + n,
      createdAt: NOW,
    }),
    share: {},
  },
  schedules: {
    make: (n) => ({
      kind: 'watchTenant',
      subjectId: `customer-${padded(n)}`,
      customerId: `customer-${padded(n)}`,
      rule: { kind: 'days', every: 1, at: '08:00', timeZone: 'Europe/Berlin' },
      freezes: { dates: ['2026-12-24'], weekdays: [5] },
      dueAt: NOW + n,
    }),
    share: {},
  },
  integrations: {
    make: (n) => ({
      kind: 'hudu',
      address: `docs-${n}.example.com`,
      name: `Hudu ${padded(n)}`,
      key: { kid: 'key-1', jwe: `sealed-${n}` },
      state: 'active',
      lastTest: { at: NOW, ok: true, sentence: 'Organizations can be read.' },
      addedBy: who,
      addedAt: NOW,
      changedAt: NOW,
    }),
    share: { name: (integration) => ({ ...integration, name: 'Hudu' }) },
  },
  links: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      integrationId: `integration-${padded(n)}`,
      organizationId: String(n),
      upstream: { name: `Contoso ${n}`, state: 'active', seenAt: NOW },
      linkedAt: NOW,
      linkedBy: who,
    }),
    share: {
      customerAndIntegration: (link) => ({ ...link, customerId: 'customer', integrationId: 'integration' }),
    },
  },
  importRuns: {
    make: (n) => ({
      integrationId: `integration-${padded(n)}`,
      integrationName: 'IT Glue (EU)',
      startedBy: who,
      startedAt: NOW + n,
      state: 'reading',
      pagesRead: n,
      statuses: [],
      types: [],
      counts: { likely: 0, conflict: 0, new: n, unusable: 0, inactive: 0, linked: 0 },
      bad: 0,
      results: { created: 0, linked: 0, skipped: 0, failed: 0 },
      expiresAt: NOW + 600_000,
    }),
    share: { open: (run) => ({ ...run, state: 'review', integrationId: 'integration-shared' }) },
  },
  importPages: {
    make: (n) => ({
      runId: `run-${padded(n)}`,
      number: n,
      rows: [
        { organization: { id: String(n), name: 'Contoso', state: 'active' }, group: 'new', choice: 'create' },
      ],
      bad: [{ id: '7', why: 'no name' }],
      expiresAt: NOW + 600_000,
    }),
    share: {},
  },
  ...agentSamples,
};

function connected(tenantId: string) {
  const tenant = {
    tenantId,
    displayName: 'Contoso',
    domains: ['contoso.example'],
    consentedBy: { objectId: 'admin', name: 'Admin', username: 'admin@contoso.example' },
    consentedAt: NOW,
    checks: [],
  };
  return { state: 'connected' as const, since: NOW, tenant };
}
