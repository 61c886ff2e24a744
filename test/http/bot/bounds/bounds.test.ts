import { randomUUID } from 'node:crypto';
import {
  CUSTOMER_BOUNDS,
  MOST_ACCOUNTS,
  MOST_TELLINGS,
  MOST_UPLOADS,
} from '../../../../domain/agents/admission/bounds';
import { beatOf, HEALTH, machine, reset, user } from '../../../helpers/bot/servingWorld';
import { useAgent, useServing } from '../../../helpers/bot/useServing';

const HOUR = 60 * 60_000;
const world = useServing();
const agent = useAgent(world);

const now = () => world.clock.now();
const told = async () =>
  (await world.stores.events.list({ limit: 1000 })).items.flatMap(({ value: { facts } }) =>
    facts.kind === 'connectionDegraded' ? [facts.finding] : [],
  );
/** Uses up this much of the bound. */
const used = async (bound: keyof typeof CUSTOMER_BOUNDS, amount: number) => {
  const { most, everyMs } = CUSTOMER_BOUNDS[bound];
  const freeAt = { [bound]: now() + (amount * everyMs) / most };
  await world.stores.customerBudgets.insert('contoso', { freeAt, expiresAt: now() + 24 * HOUR });
};

describe('the bound of what one customer’s agents may tell', () => {
  it('makes the agent wait beyond it: the agent keeps what it has and loses nothing, and people are told once', async () => {
    await used('events', CUSTOMER_BOUNDS.events.most);
    const batch = { stream: randomUUID(), events: [reset(1, now())] };
    for (let n = 0; n < 3; n++) {
      const refused = await agent.asks.events(batch);
      expect(refused).toMatchObject({ status: 429, body: { error: 'tooMany' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect(await told()).toEqual([
      expect.stringMatching(/DC1: this agent tells too much, more than 20,000 events an hour/),
    ]);
    expect((await world.stores.agents.get(agent.id))?.value.stream).toBeUndefined();
    world.clock.advance(1_000);
    expect((await agent.asks.events(batch)).body).toMatchObject({ acknowledged: 1 });
  });

  it('counts no other customer', async () => {
    await used('events', CUSTOMER_BOUNDS.events.most);
    const other = await world.enrolled(machine('machine-2'), 'fabrikam');
    const answer = await other.asks.events({ stream: randomUUID(), events: [reset(1, now())] });
    expect(answer.body).toMatchObject({ acknowledged: 1 });
  });

  it('is not raised for one agent by others that are online, and leaves theirs to them', async () => {
    await agent.asks.beat(beatOf());
    const others = [];
    for (let n = 2; n <= 4; n++) others.push(await world.enrolled(machine(`machine-${n}`, `DC${n}`)));
    const stream = randomUUID();
    const { most } = CUSTOMER_BOUNDS.events;
    const budget = world.stores.customerBudgets;
    const tell = (who: typeof agent, seq: number) => who.asks.events({ stream, events: [reset(seq, now())] });
    await tell(agent, 1);
    const told1 = await budget.get('contoso');
    if (!told1) throw new TypeError('nothing was counted');
    const ofAgents = { [agent.id]: { events: now() + HOUR } };
    await budget.replace(told1, { freeAt: { events: now() + HOUR / 4 }, ofAgents, expiresAt: now() + HOUR });
    expect((await tell(agent, 2)).body).toMatchObject({ error: 'tooMany' });
    expect(await told()).toEqual([
      expect.stringMatching(/DC1: this agent tells too much, more than 20,000 events an hour of one agent/),
    ]);
    for (const other of others) expect((await tell(other, 1)).status).toBe(200);
    expect(Object.keys((await budget.get('contoso'))?.value.ofAgents ?? {})).toHaveLength(4);
    world.clock.advance((HOUR / most) * 2);
    expect((await tell(agent, 2)).body).toMatchObject({ acknowledged: 2 });
  });

  it('forgets an agent whose whole share is free again', async () => {
    const other = await world.enrolled(machine('machine-2', 'DC2'));
    const tell = (who: typeof agent) => who.asks.events({ stream: randomUUID(), events: [reset(1, now())] });
    await tell(agent);
    await tell(other);
    world.clock.advance(25 * HOUR);
    await tell(agent);
    const { ofAgents } = (await world.stores.customerBudgets.get('contoso'))?.value ?? {};
    expect(Object.keys(ofAgents ?? {})).toEqual([agent.id]);
  });

  it('is far above a bulk reset', async () => {
    const stream = randomUUID();
    for (let batch = 0; batch < 4; batch++) {
      const events = Array.from({ length: 200 }, (_, n) => reset(batch * 200 + n + 1, now()));
      expect((await agent.asks.events({ stream, events })).status).toBe(200);
    }
    const freeAt = (await world.stores.customerBudgets.get('contoso'))?.value.freeAt;
    expect((freeAt?.events ?? 0) - now()).toBeLessThan((HOUR * 1_000) / CUSTOMER_BOUNDS.events.most);
  });

  it('counts users of inventories too', async () => {
    await used('userBytes', CUSTOMER_BOUNDS.userBytes.most);
    const page = { snapshot: randomUUID(), page: 1, last: true, users: [user(1)] };
    expect((await agent.asks.inventory(page)).status).toBe(429);
    expect(await world.stores.directoryAccounts.count()).toBe(0);
    expect(await told()).toEqual([expect.stringContaining('bytes of users a day')]);
  });
});

describe('the bounds of an inventory', () => {
  it('keep a bounded text of very many groups, with those that administer the domain first', async () => {
    const memberOf = [
      'CN=Domain Admins,CN=Users,DC=contoso,DC=test',
      ...Array.from({ length: 199 }, (_, n) => `CN=Group ${n},${'OU=x,'.repeat(700)}DC=contoso,DC=test`),
    ];
    const page = { snapshot: randomUUID(), page: 1, last: true, users: [{ ...user(1), memberOf }] };
    expect((await agent.asks.inventory(page)).status).toBe(200);
    const [kept] = (await world.stores.directoryAccounts.list({ limit: 2 })).items;
    expect(kept?.value.user.memberOf[0]).toBe('CN=Domain Admins,CN=Users,DC=contoso,DC=test');
    expect(kept?.value.user.memberOf.join('').length).toBeLessThanOrEqual(2048);
  });

  it('keep no users beyond the bound: known users are brought up to date, resets are told all the same, people are told once', async () => {
    const { directoryAccounts, events } = world.stores;
    const page = (users: ReturnType<typeof user>[]) =>
      agent.asks.inventory({ snapshot: randomUUID(), page: 1, last: false, users });
    await page([user(1)]);
    const { count } = directoryAccounts;
    Object.assign(directoryAccounts, { count: async () => MOST_ACCOUNTS - 1 });
    expect((await page([user(1, { displayName: 'Renamed' }), user(2), user(3)])).status).toBe(200);
    Object.assign(directoryAccounts, { count: async () => MOST_ACCOUNTS });
    const batch = { stream: randomUUID(), events: [reset(1, now(), { n: 4 })] };
    expect((await agent.asks.events(batch)).body).toMatchObject({ acknowledged: 1 });
    Object.assign(directoryAccounts, { count });
    const kept = (await directoryAccounts.list({ limit: 10 })).items.map(({ value }) => value.user);
    expect(kept).toHaveLength(2);
    expect(kept.map(({ displayName }) => displayName)).toContain('Renamed');
    expect(await events.count({ where: { kind: 'resetSeen' } })).toBe(1);
    expect(await told()).toEqual([expect.stringContaining('the users that it tells are more than 100,000')]);
  });

  it('allow one inventory under way for each agent, however many it begins', async () => {
    for (let n = 0; n < 20; n++)
      await agent.asks.inventory({ snapshot: randomUUID(), page: 1, last: false, users: [user(n)] });
    expect(await world.stores.inventoryUploads.count()).toBe(1);
  });

  it('allow a bounded number under way for each customer', async () => {
    for (let n = 0; n < MOST_UPLOADS + 5; n++)
      await world.stores.inventoryUploads.insert(`other-${n}|snapshot`, {
        customerId: 'contoso',
        pages: [],
        users: 0,
        domains: [],
        startedAt: now() - n,
      });
    await agent.asks.inventory({ snapshot: randomUUID(), page: 1, last: false, users: [user(1)] });
    expect(await world.stores.inventoryUploads.count()).toBe(MOST_UPLOADS);
  });
});

it('an agent whose state changes with every beat is told a bounded number of times an hour, and the last message says so', async () => {
  const beat = async (n: number) => {
    const state = n % 2 === 0 ? 'unreachable' : 'refused';
    await agent.asks.beat(beatOf({ health: { ...HEALTH, directory: { state, finding: `${state}.` } } }));
    world.clock.advance(1_000);
  };
  for (let n = 0; n < 2 * MOST_TELLINGS; n++) await beat(n);
  expect(await told()).toHaveLength(MOST_TELLINGS);
  expect((await told()).filter((finding) => finding.includes('changes too often, 30 times'))).toHaveLength(1);
  world.clock.advance(HOUR);
  await beat(0);
  expect(await told()).toHaveLength(MOST_TELLINGS + 1);
});
