import { type CustomerFacts, needOf } from '../../../bot/views/customerNeed';
import type { Agent, InstallToken } from '../../../domain/agents/agent';
import type { Customer } from '../../../domain/customers/customer';
import type { CheckOutcome, TenantConnection } from '../../../domain/tenants/tenantConnection';
import type { TenantProposal } from '../../../domain/tenants/tenantProposal';
import { sampleCustomer, sampleTenant } from '../../helpers/botWorld/sampleCustomer';
import { samples } from '../../helpers/store/storeSamples';

const since = Date.UTC(2026, 10, 30, 15, 15);
const tenant = (rest: Partial<TenantConnection> = {}): Customer['office365'] => ({
  state: 'connected',
  since,
  tenant: sampleTenant(rest),
});
const none = { state: 'notChosen' } as const;
const online = { state: 'online', since, agents: 'well' } as const;
const offline = { state: 'offline', since } as const;
const failed: CheckOutcome = {
  check: 'users',
  state: 'failed',
  finding: 'The users cannot be read.',
  cure: 'Give consent again.',
};
const agent = (name: string, rest: Partial<Agent> = {}): Agent => ({
  ...samples.agents.make(1),
  machine: { ...samples.agents.make(1).machine, name },
  state: 'online',
  ...rest,
});
const silent = (name: string) => agent(name, { state: 'offline', lastBeatAt: since });
const syncs = { mode: 'azureAdConnect', chosenAt: 1, chosenBy: { id: 't', name: 'Tess' } } as const;
const of = (
  activeDirectory: Customer['activeDirectory'],
  office365: Customer['office365'],
  rest: Partial<CustomerFacts> = {},
  more: Partial<Customer> = {},
): CustomerFacts => ({
  customer: sampleCustomer('Contoso', { activeDirectory, office365, ...more }),
  agents: [],
  mine: false,
  ...rest,
});
const question = {
  issuedBy: { id: 't', name: 'Tess' },
  replacement: { machine: { id: 'm', name: 'DC1' }, expiresAt: since },
} as InstallToken;
const proposal = { technician: { id: 't', name: 'Tess' } } as TenantProposal;
const CASES: [string, CustomerFacts, RegExp, string | undefined][] = [
  ['nothing is set up', of(none, none), /What should Keyturn manage for Contoso\?/, 'set up'],
  ['Microsoft 365 is wanted', of(none, { state: 'chosen', since }), /connect Microsoft 365/, 'set up'],
  ['the agent is missing', of({ state: 'waiting', since }, none), /install the agent/, 'set up'],
  ['nobody said how passwords sync', of(online, tenant()), /choose how passwords sync/, 'set up'],
  [
    'a tenant waits for this person',
    of(none, none, { proposal, mine: true }),
    /the customer’s tenant\?/,
    'confirm tenant',
  ],
  ['a tenant waits for a colleague', of(none, none, { proposal }), /Tess has to confirm/, undefined],
  ['the consent is gone', of(none, tenant({ consentLostAt: 1 })), /consent is gone/, 'connect office 365'],
  ['a test failed', of(none, tenant({ checks: [failed] })), /The users cannot be read/, 'test connection'],
  [
    'the agents are silent',
    of(offline, tenant(), { agents: [silent('DC1'), silent('DC2')] }),
    /No contact with DC1 and DC2 since 30 Nov 2026 15:15 UTC/,
    'agents',
  ],
  [
    'one of the agents is silent',
    of({ ...online, agents: 'someOffline' }, none, { agents: [agent('DC1'), silent('DC2')] }),
    /No contact with DC2 since/,
    'agents',
  ],
  [
    'an agent cannot read all users',
    of({ ...online, agents: 'directory' }, none, { agents: [agent('DC1', { degraded: { users: '2' } })] }),
    /DC1 cannot read all users/,
    'agents',
  ],
  [
    'no agent can start a sync',
    of({ ...online, agents: 'connect' }, none, {
      agents: [agent('DC1', { degraded: { connect: 'staging' } })],
    }),
    /DC1 cannot start a sync/,
    'agents',
  ],
  ['a key wants the place of an agent', of(online, none, { question }), /Another key .* DC1/, 'agents'],
];

test.each(CASES)('the one thing to do next: %s', (_, facts, title, command) => {
  const need = needOf(facts);
  expect(String(need?.title)).toMatch(title);
  expect(need?.button?.command).toBe(command);
});

test('what does not work comes before what is not set up', () => {
  expect(needOf(of(offline, { state: 'chosen', since }))?.button?.command).toBe('agents');
});

test('nothing is to be done where all of it works', () => {
  expect(needOf(of(none, tenant()))).toBeUndefined();
  expect(needOf(of(online, tenant(), {}, { sync: syncs }))).toBeUndefined();
});

test('what an agent says is marked as its own words', () => {
  const health = {
    directory: { state: 'refused', finding: 'Ask https://evil.example' },
    connect: { state: 'unknown' },
    eventLog: { state: 'read' },
  } as const;
  const faulty = agent('DC1', { degraded: { directory: 'refused' }, health });
  const need = needOf(of({ ...online, agents: 'directory' }, none, { agents: [faulty] }));
  expect(String(need?.text)).toBe('It says: “Ask https[:]//evil.example”');
});
