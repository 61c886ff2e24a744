import { OFFLINE_AFTER_MS } from '../../../domain/agents/agent';
import type { Stores } from '../../../domain/stores/stores';
import type { Sample, Value } from '../store/storeSample';
import { NOW, padded, who } from '../store/storeSample';

type Names =
  | 'agents'
  | 'installTokens'
  | 'agentRequests'
  | 'agentOrders'
  | 'directoryAccounts'
  | 'inventoryUploads'
  | 'events'
  | 'notices'
  | 'deliveries'
  | 'subscriptions'
  | 'sendBudgets'
  | 'customerBudgets';

const user = (n: number) => ({
  objectGuid: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  samAccountName: `User${padded(n)}`,
  distinguishedName: `CN=User ${n},DC=contoso,DC=test`,
  userAccountControl: 512,
  pwdLastSet: '133800000000000000',
  memberOf: [],
});

const resetOf = (password: { pwdLastSet: string; version?: number }) => ({
  kind: 'resetSeen' as const,
  reset: {
    seenAt: NOW,
    user: user(1),
    how: 'unknown' as const,
    mustChange: false,
    password,
    changedAt: NOW,
    times: 1,
    late: false,
  },
  agentName: 'DC1',
  arrival: { state: 'checking' as const },
  explanation: { state: 'unexplained' as const },
});

/** One sample value for each collection of the agent and of notifications. */
export const agentSamples: { [Name in Names]: Sample<Value<Stores[Name]>> } = {
  agents: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      machine: { id: `machine-${n}`, name: 'DC1', os: 'Windows Server 2022' },
      publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43) },
      version: '0.1.0',
      enrolledAt: NOW,
      enrolledBy: who,
      enrolledWith: `hash-${n}`,
      state: 'online',
      stateSince: NOW,
      lastBeatAt: NOW + n - OFFLINE_AFTER_MS,
      skewMs: 0,
      waiting: { events: 0 },
    }),
    share: {
      machine: (agent) => ({
        ...agent,
        customerId: 'customer-shared',
        machine: { ...agent.machine, id: 'machine-shared' },
      }),
    },
  },
  installTokens: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      issuedBy: who,
      conversationId: 'conversation',
      issuedAt: NOW,
      expiresAt: NOW + 600_000,
    }),
    share: {},
  },
  agentRequests: { make: () => ({ expiresAt: NOW + 600_000 }), share: {} },
  agentOrders: {
    make: (n) => ({
      agentId: `agent-${padded(n)}`,
      customerId: `customer-${padded(n)}`,
      verb: 'deltaSync',
      input: { account: `user-${n}` },
      issuedAt: NOW + n,
      expiresAt: NOW + n,
      state: 'waiting',
    }),
    share: {},
  },
  directoryAccounts: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      user: user(n),
      snapshot: `snapshot-${padded(n)}`,
      seenAt: NOW,
    }),
    share: {},
  },
  inventoryUploads: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      pages: [1, 2],
      users: 700,
      domains: [],
      startedAt: NOW,
    }),
    share: {},
  },
  events: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      at: NOW + n,
      toldAt: NOW + n,
      privileged: false,
      facts: resetOf({ pwdLastSet: String(134_000_000_000_000_000n + BigInt(n)), version: n + 1 }),
      dueAt: NOW + n,
    }),
    share: {
      resetVersion: (event) => ({
        ...event,
        customerId: 'shared',
        facts: resetOf({ pwdLastSet: '0', version: 7 }),
      }),
      resetTime: (event) => ({
        ...event,
        customerId: 'shared',
        facts: resetOf({ pwdLastSet: '133800000000000000' }),
      }),
    },
  },
  notices: {
    make: (n) => ({
      customerId: `customer-${padded(n)}`,
      kind: 'resetSeen',
      privileged: false,
      eventIds: [`event-${n}`],
      openedAt: NOW + n,
      open: true,
      revision: 1,
      told: false,
      dueAt: NOW + n,
    }),
    share: { open: (notice) => ({ ...notice, customerId: 'customer-shared' }) },
  },
  deliveries: {
    make: (n) => ({
      conversationId: `conversation-${padded(n)}`,
      subject: { kind: 'notice', id: `notice-${padded(n)}` },
      wanted: 1,
      shown: 0,
      state: 'waiting',
      attempts: 0,
      dueAt: NOW + n,
      createdAt: NOW + n,
    }),
    share: {},
  },
  subscriptions: {
    make: (n) => ({
      scope: 'personal',
      personId: `person-${padded(n)}`,
      customers: ['customer', `customer-${padded(n)}`],
      kinds: ['resetSeen'],
      quiet: { from: '22:00', to: '07:00' },
      timeZone: 'Europe/Berlin',
      setBy: who,
      changedAt: NOW,
    }),
    share: {},
  },
  customerBudgets: { make: (n) => ({ freeAt: { events: NOW + n }, expiresAt: NOW + 600_000 }), share: {} },
  sendBudgets: { make: (n) => ({ nextAt: NOW + n, expiresAt: NOW + 600_000 }), share: {} },
};
