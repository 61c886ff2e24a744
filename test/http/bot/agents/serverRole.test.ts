import { randomUUID } from 'node:crypto';
import { orderNow } from '../../../../domain/agents/orders/orderNow';
import { revokeAgent } from '../../../../domain/agents/revokeAgent';
import { beatOf, machine, reset, tess, user } from '../../../helpers/bot/servingWorld';
import { useServing } from '../../../helpers/bot/useServing';

const world = useServing();

const now = () => world.clock.now();
const events = async () =>
  (await world.stores.events.list({ limit: 100, sort: { key: 'at' } })).items.map(({ value }) => value);
const other = () => world.enrolled(machine('m2', 'AADC1'), 'contoso', 'otherServer');
const page = (users: object[]) => ({ snapshot: randomUUID(), page: 1, last: true, users });
const names = async () =>
  (await world.stores.directoryAccounts.list({ limit: 100 })).items.map(
    ({ value }) => value.user.samAccountName,
  );

describe('an agent that was installed with the command for another server', () => {
  it('tells no resets that count: they are acknowledged, counted and told to people', async () => {
    const agent = await other();
    const stream = randomUUID();
    const told = [reset(1, now()), reset(2, now())];
    expect((await agent.asks.events({ stream, events: told })).body.acknowledged).toBe(2);
    expect((await agent.asks.events({ stream, events: told })).body.acknowledged).toBe(2);
    expect(await events()).toMatchObject([
      { facts: { kind: 'connectionDegraded', finding: expect.stringContaining('AADC1 told 2 resets') } },
    ]);
    expect((await world.stores.agents.get(agent.id))?.value.ignored).toMatchObject({ resets: 2, users: 0 });
    expect(await names()).toEqual([]);
  });

  it('tells no users that count, and never learns that any are missing', async () => {
    const agent = await other();
    expect((await agent.asks.inventory(page([user(1), user(2)]))).body.missing).toEqual([]);
    expect(await names()).toEqual([]);
    expect(await events()).toMatchObject([
      { facts: { kind: 'connectionDegraded', finding: expect.stringContaining('2 users') } },
    ]);
  });

  it('is told to people once a day, however much it tells', async () => {
    const agent = await other();
    const stream = randomUUID();
    for (let seq = 1; seq <= 5; seq++) await agent.asks.events({ stream, events: [reset(seq, now())] });
    expect(await events()).toHaveLength(1);
    world.clock.advance(24 * 60 * 60_000);
    await agent.asks.events({ stream, events: [reset(6, now())] });
    expect(await events()).toMatchObject([
      {},
      { facts: { finding: expect.stringContaining('told 6 resets') } },
    ]);
  });

  it('still tells the result of a delta sync', async () => {
    const agent = await other();
    const told = {
      ...{ seq: 1, id: randomUUID(), seenAt: now(), type: 'deltaSync', outcome: 'failed' },
      ...{ finding: 'It failed.', startedAt: now(), endedAt: now(), resets: 1 },
    };
    expect((await agent.asks.events({ stream: randomUUID(), events: [told] })).body.acknowledged).toBe(1);
    expect(await events()).toMatchObject([{ facts: { kind: 'deltaSyncFailed' } }]);
  });

  it('gets no order to read users', async () => {
    const agent = await other();
    await agent.asks.beat(beatOf());
    const wish = { customerId: 'contoso', verb: 'inventory' as const };
    await expect(orderNow(world.bot.deps, tess, wish)).rejects.toMatchObject({ code: 'conflict' });
    const controller = await world.enrolled();
    await controller.asks.beat(beatOf());
    expect(await orderNow(world.bot.deps, tess, wish)).toEqual(['DC1']);
  });
});

test('everything counts that an agent tells which enrolled before commands named a server role', async () => {
  const agent = await world.enrolled();
  const stored = await world.stores.agents.get(agent.id);
  if (!stored) throw new TypeError('no agent');
  const { place: _place, ...before } = stored.value;
  await world.stores.agents.replace(stored, before);
  await agent.asks.events({ stream: randomUUID(), events: [reset(1, now())] });
  expect(await events()).toMatchObject([{ facts: { kind: 'resetSeen' } }]);
});

test('an install command ends with the role of the person who made it', async () => {
  const { asks, body } = await world.enrolment();
  await world.stores.people.remove('tess');
  expect((await asks.enrol(body)).body).toMatchObject({
    error: 'token',
    sentence: expect.stringContaining('may not install agents any more'),
  });
  expect(await world.stores.agents.count()).toBe(0);
});

test('the address of an agent is noted at its enrolment and at each beat', async () => {
  const agent = await world.enrolled();
  const address = async () => (await world.stores.agents.get(agent.id))?.value.address;
  expect(await address()).toMatch(/127\.0\.0\.1$/);
  const stored = await world.stores.agents.get(agent.id);
  if (stored) await world.stores.agents.replace(stored, { ...stored.value, address: '192.0.2.1' });
  await agent.asks.beat(beatOf());
  expect(await address()).toMatch(/127\.0\.0\.1$/);
});

describe('users that an agent nearer to the directory told', () => {
  const told = async () =>
    (await world.stores.directoryAccounts.list({ limit: 100 })).items.map(
      ({ value }) => value.user.displayName,
    );
  const mail = (name: string) => user(1, { displayName: name });

  it('are not overwritten or removed by a farther agent until the nearer one is revoked', async () => {
    const near = await world.enrolled();
    const far = await world.enrolled(machine('m2', 'DC2'));
    await near.asks.beat(beatOf());
    await near.asks.inventory(page([mail('near'), user(2, { displayName: 'kept' })]));
    world.clock.advance(1_000);
    await far.asks.inventory(page([mail('far')]));
    await far.asks.events({ stream: randomUUID(), events: [reset(1, now(), { user: mail('far reset') })] });
    expect(await told()).toEqual(['near', 'kept']);
    world.clock.advance(1_000);
    await revokeAgent(world.bot.deps, tess, { agentId: near.id, requestId: 'revoke' });
    await far.asks.inventory(page([mail('far')]));
    expect(await told()).toEqual(['far']);
  });

  it('replace what a farther agent told', async () => {
    const far = await world.enrolled(machine('m2', 'DC2'));
    await far.asks.inventory(page([mail('far')]));
    const near = await world.enrolled();
    await near.asks.beat(beatOf());
    world.clock.advance(1_000);
    await near.asks.inventory(page([mail('near')]));
    expect(await told()).toEqual(['near']);
  });
});
