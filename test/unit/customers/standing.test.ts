import type { Agent } from '../../../domain/agents/agent';
import { recordBeat } from '../../../domain/agents/recordBeat';
import { mayBeUnsettled, settleActiveDirectory } from '../../../domain/agents/settleActiveDirectory';
import type { Customer } from '../../../domain/customers/customer';
import { listCustomers } from '../../../domain/customers/listCustomers';
import { standingOf, troubleOf } from '../../../domain/customers/standing';
import { permissionsOf } from '../../../domain/people/person';
import type { CheckOutcome, TenantConnection } from '../../../domain/tenants/tenantConnection';
import { sampleCustomer, sampleTenant } from '../../helpers/botWorld/sampleCustomer';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';
import { samples } from '../../helpers/store/storeSamples';

const since = 5;
const check = (state: CheckOutcome['state'], rest: Partial<CheckOutcome> = {}): CheckOutcome => ({
  check: 'users',
  state,
  finding: '',
  ...rest,
});
const connected = (rest?: Partial<TenantConnection>): Customer['office365'] => ({
  state: 'connected',
  since,
  tenant: sampleTenant(rest),
});
const none = { state: 'notChosen' } as const;
const CASES: [string, Customer['activeDirectory'], Customer['office365'], string, string | undefined][] = [
  ['nothing chosen', none, none, 'notSetUp', undefined],
  [
    'both chosen, nothing works yet',
    { state: 'waiting', since },
    { state: 'chosen', since },
    'notSetUp',
    undefined,
  ],
  ['Microsoft 365 works', none, connected(), 'connected', undefined],
  ['an agent works', { state: 'online', since, agents: 'well' }, none, 'connected', undefined],
  ['an agent of an earlier record', { state: 'online', since }, none, 'connected', undefined],
  ['its agent is offline', { state: 'offline', since }, connected(), 'attention', 'agentOffline'],
  [
    'one of its agents is offline',
    { state: 'online', since, agents: 'someOffline' },
    connected(),
    'attention',
    'someOffline',
  ],
  ['Microsoft says the consent is gone', none, connected({ consentLostAt: 9 }), 'attention', 'consentLost'],
  [
    'a test of the connection failed',
    none,
    connected({ checks: [check('failed')] }),
    'attention',
    'connection',
  ],
  [
    'the first test failed',
    none,
    { state: 'connecting', since, tenant: sampleTenant({ checks: [check('failed')] }) },
    'attention',
    'connection',
  ],
  [
    'Microsoft did not answer',
    none,
    connected({ checks: [check('failed', { unavailable: true })] }),
    'connected',
    undefined,
  ],
  ['a warning', none, connected({ checks: [check('warned')] }), 'connected', undefined],
];

test.each(CASES)('where a customer stands: %s', (_, activeDirectory, office365, standing, trouble) => {
  const customer = sampleCustomer('Contoso', { activeDirectory, office365 });
  expect([standingOf(customer), troubleOf(customer)]).toEqual([standing, trouble]);
});

describe('agents', () => {
  const clock = new TestClock();
  const agent = (rest: Partial<Agent>): Agent => ({
    ...samples.agents.make(1),
    customerId: 'c',
    state: 'online',
    ...rest,
  });
  const connect = (state: 'ready' | 'staging') => ({
    directory: { state: 'reading' as const },
    connect: { state },
    eventLog: { state: 'read' as const },
  });
  const settled = async (...agents: Agent[]) => {
    const stores = memoryStores(clock);
    const earlier = { state: 'online', since } as const;
    await stores.customers.insert('c', sampleCustomer('Contoso', { activeDirectory: earlier }));
    for (const [n, each] of agents.entries())
      await stores.agents.insert(`a${n}`, { ...each, machine: { ...each.machine, id: `m${n}` } });
    await settleActiveDirectory({ stores, clock }, 'c');
    return (await stores.customers.get('c'))?.value.activeDirectory;
  };

  test.each([
    ['well', [agent({})]],
    ['someOffline', [agent({}), agent({ state: 'offline' })]],
    ['well', [agent({}), agent({ state: 'revoked' })]],
    ['directory', [agent({ degraded: { users: '3' } })]],
    [
      'directory',
      [agent({ degraded: { connect: 'staging' } }), agent({ degraded: { directory: 'refused' } })],
    ],
    ['connect', [agent({ degraded: { connect: 'staging' }, health: connect('staging') })]],
    ['well', [agent({ degraded: { connect: 'staging' } }), agent({ health: connect('ready') })]],
  ])('the customer’s record says %s', async (agents, all) => {
    expect(await settled(...all)).toEqual({ state: 'online', since, agents });
  });

  test('what a beat tells is on the customer’s record at once, and so is its end', async () => {
    const stores = memoryStores(clock);
    const customer = await stores.customers.insert('c', sampleCustomer('Contoso', {}));
    const known = await stores.agents.insert('a', agent({}));
    const beat = async (state: 'ready' | 'staging') => {
      const current = (await stores.customers.get('c')) ?? customer;
      const told = { version: '1', skewMs: 0, waiting: { events: 0 }, health: connect(state) };
      await recordBeat({ stores, clock }, { agent: known, customer: current }, told);
      return (await stores.customers.get('c'))?.value.activeDirectory;
    };
    expect(await beat('staging')).toMatchObject({ state: 'online', agents: 'connect' });
    expect(await beat('ready')).toMatchObject({ state: 'online', agents: 'well' });
  });

  test('a beat brings the record up to date where it may differ, and costs nothing where all is well', () => {
    const well = { state: 'online', since, agents: 'well' } as const;
    expect(mayBeUnsettled(well, agent({}))).toBe(false);
    expect(mayBeUnsettled(well, agent({ degraded: { connect: 'disabled' } }))).toBe(true);
    expect(mayBeUnsettled({ ...well, agents: 'connect' }, agent({}))).toBe(true);
    expect(mayBeUnsettled({ state: 'online', since }, agent({}))).toBe(true);
    expect(mayBeUnsettled({ state: 'offline', since }, agent({}))).toBe(true);
  });
});

test('the list says how many stand where, of those that match, and shows those that stand in one place', async () => {
  const { customers } = memoryStores(new TestClock());
  const actor = { id: 'a', name: 'Abe', permissions: permissionsOf(['approver']), conversationId: 'c' };
  const add = (name: string, office365: Customer['office365'], more: Partial<Customer> = {}) => {
    const own =
      'tenant' in office365 ? { ...office365, tenant: { ...office365.tenant, tenantId: name } } : office365;
    return customers.insert(name, sampleCustomer(name, { office365: own, ...more }));
  };
  await add('Contoso East', connected());
  await add('Contoso West', connected({ consentLostAt: 1 }));
  await add('Fabrikam', connected({ consentLostAt: 1 }));
  await add('Wingtip', none);
  await add('Gone', none, { status: 'removed' });
  const list = async (search: string, standing?: 'attention') => {
    const request = { search, sort: 'name', ...(standing && { standing }) } as const;
    const { items, counts } = await listCustomers(customers, actor, request);
    return [items.map(({ id }) => id), Object.values(counts)];
  };
  expect(await list('')).toEqual([
    ['Contoso East', 'Contoso West', 'Fabrikam', 'Wingtip'],
    [2, 1, 1],
  ]);
  expect(await list('', 'attention')).toEqual([
    ['Contoso West', 'Fabrikam'],
    [2, 1, 1],
  ]);
  expect(await list('contoso', 'attention')).toEqual([['Contoso West'], [1, 1, 0]]);
});
