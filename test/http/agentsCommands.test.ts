import { randomUUID } from 'node:crypto';
import { orderNow } from '../../domain/agents/orders';
import { revokeAgent } from '../../domain/agents/revokeAgent';
import { gate } from '../helpers/runningServer';
import {
  beatOf,
  HEALTH,
  type Instance,
  machine,
  reset,
  type ServingWorld,
  servingWorld,
  startInstance,
  tess,
} from '../helpers/servingWorld';
import { actor } from '../helpers/signInWorld';

let world: ServingWorld;
let agent: Awaited<ReturnType<ServingWorld['enrolled']>>;
beforeEach(async () => {
  world = await servingWorld();
  agent = await world.enrolled();
  await agent.asks.beat(beatOf());
});
afterEach(() => world.bot.stop());

const order = (bot: Instance = world.bot, verb: 'deltaSync' | 'inventory' = 'deltaSync') =>
  orderNow(bot.deps, tess, { customerId: 'contoso', verb });
const asked = async (done: object[] = []) => (await agent.asks.commands({ waitMs: 0, done })).body.commands;
const states = async () =>
  (await world.stores.agentOrders.list({ limit: 9 })).items.map(({ value }) => value.state);
async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((resolve) => setImmediate(resolve));
}
/** Resolves when the agent's request is held open. */
const held = (bot: Instance) => until(() => bot.deps.bell.anybodyWaits());
const polls = (bot: Instance = world.bot, signal?: AbortSignal) =>
  agent.at(bot).commands({ waitMs: 25_000, done: [] }, { signal });

describe('an order', () => {
  it('is handed out, again when it is lost, and not once it was reported', async () => {
    expect(await order()).toEqual(['DC1']);
    const [command] = await asked();
    expect(command).toEqual({
      id: expect.any(String),
      verb: 'deltaSync',
      expiresAt: world.clock.now() + 30 * 60_000,
    });
    expect(await asked()).toEqual([]);
    world.clock.advance(30_000);
    expect(await asked()).toEqual([command]);
    const report = { id: command.id, outcome: 'failed', finding: 'It is suspended.' };
    await asked([report]);
    world.clock.advance(30_000);
    expect(await asked([{ ...report, outcome: 'done' }])).toEqual([]);
    expect((await world.stores.agentOrders.get(command.id))?.value).toMatchObject({
      state: 'failed',
      finding: 'It is suspended.',
    });
  });

  it('is not there any more when it expired', async () => {
    await order();
    world.clock.advance(30 * 60_000);
    expect(await asked()).toEqual([]);
    await order();
    expect(await asked()).toHaveLength(1);
  });

  it('waits once, however often it is given', async () => {
    for (let n = 0; n < 3; n++) await order();
    await order(world.bot, 'inventory');
    const verbs = async () => (await asked()).map(({ verb }: { verb: string }) => verb).sort();
    expect(await verbs()).toEqual(['deltaSync', 'inventory']);
    await order();
    expect(await verbs()).toEqual(['deltaSync']);
  });

  it('of a person is given also while one that follows resets waits', async () => {
    const other = await world.enrolled(machine('m2', 'DC2'));
    await other.asks.events({ stream: randomUUID(), events: [reset(1, world.clock.now())] });
    await order();
    const commands = await asked();
    expect(commands.map(({ recordId }: { recordId?: string }) => recordId === undefined).sort()).toEqual([
      false,
      true,
    ]);
  });

  it('is settled by its own agent alone', async () => {
    const other = await world.enrolled(machine('m2', 'DC2'));
    await order();
    const [{ id }] = await asked();
    await other.asks.commands({ waitMs: 0, done: [{ id, outcome: 'done', finding: '' }] });
    expect(await states()).toEqual(['handedOut']);
    await asked([
      { id, outcome: 'done', finding: '' },
      { id: 'unknown', outcome: 'done', finding: '' },
    ]);
    expect(await states()).toEqual(['done']);
  });

  it('is for those who may, and for agents that can', async () => {
    await expect(
      orderNow(world.bot.deps, actor('ann', 'approver'), { customerId: 'contoso', verb: 'deltaSync' }),
    ).rejects.toMatchObject({ code: 'notAllowed' });
    for (const state of ['notInstalled', 'cloudSync'] as const) {
      await agent.asks.beat(beatOf({ health: { ...HEALTH, connect: { state } } }));
      await expect(order()).rejects.toMatchObject({ code: 'conflict' });
    }
    expect(await order(world.bot, 'inventory')).toEqual(['DC1']);
    expect(await states()).toEqual(['waiting']);
  });

  it.each(['suspended', 'staging', 'unknown'] as const)(
    'of a delta sync goes to an Azure AD Connect that was %s, unless another one is ready',
    async (state) => {
      const connect = { state, finding: 'It was so a while ago.' };
      await agent.asks.beat(beatOf({ health: { ...HEALTH, connect } }));
      expect(await order()).toEqual(['DC1']);
      const other = await world.enrolled(machine('m2', 'AADC1'));
      await other.asks.beat(beatOf());
      expect(await order()).toEqual(['AADC1']);
    },
  );
});

describe('a request that is held open', () => {
  it('is answered when something is ordered here', async () => {
    const answer = polls();
    await held(world.bot);
    await order();
    expect((await answer).body.commands).toMatchObject([{ verb: 'deltaSync' }]);
  });

  it('is answered when another instance wrote it down', async () => {
    const second = await startInstance(world.stores, world.clock, world.random);
    const answer = polls(second);
    await held(second);
    await order();
    await second.chore('waiting orders');
    expect((await answer).body.commands).toMatchObject([{ verb: 'deltaSync' }]);
    await second.stop();
  });

  it('gives way to a newer one of the same agent', async () => {
    const older = polls();
    await held(world.bot);
    const newer = polls();
    expect((await older).body.commands).toEqual([]);
    await order();
    expect((await newer).body.commands).toHaveLength(1);
  });

  it('ends with the agent’s going away', async () => {
    const leaving = new AbortController();
    const answer = polls(world.bot, leaving.signal).catch(() => 'left');
    await held(world.bot);
    leaving.abort();
    expect(await answer).toBe('left');
    await until(() => !world.bot.deps.bell.anybodyWaits());
    await order();
    expect(await states()).toEqual(['waiting']);
  });

  it('is answered at once by a server that stops, with nothing handed out', async () => {
    const second = await startInstance(world.stores, world.clock, world.random);
    const answer = polls(second);
    await held(second);
    await world.stores.agentOrders.insert('late', {
      agentId: agent.id,
      customerId: 'contoso',
      verb: 'deltaSync',
      issuedAt: world.clock.now(),
      expiresAt: world.clock.now() + 1_000,
      state: 'waiting',
    });
    await second.stop();
    expect(await answer).toMatchObject({ status: 200, body: { commands: [] } });
    expect(await states()).toEqual(['waiting']);
    expect(second.text()).not.toContain('still running');
  });
});

describe('revoking', () => {
  const revoke = () => revokeAgent(world.bot.deps, tess, { agentId: agent.id, requestId: 'revoke' });

  it('is for those who may', async () => {
    const request = { agentId: agent.id, requestId: 'revoke' };
    await expect(revokeAgent(world.bot.deps, actor('ann', 'approver'), request)).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect((await agent.asks.beat(beatOf())).status).toBe(200);
  });

  it('ends a held request, its orders, and every later one; it stands in the audit trail', async () => {
    const answer = polls();
    await held(world.bot);
    await revoke();
    expect(await answer).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect(await agent.asks.beat(beatOf())).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect((await world.stores.customers.get('contoso'))?.value.activeDirectory.state).toBe('waiting');
    const audit = (await world.stores.audit.list({ limit: 20 })).items.map(({ value }) => value);
    expect(audit.filter(({ action }) => action === 'agent.revoke')).toMatchObject([
      { actor: { id: 'tess' }, target: 'DC1', outcome: 'done' },
    ]);
  });

  it('takes back what was ordered, also from a request held by another instance', async () => {
    const second = await startInstance(world.stores, world.clock, world.random);
    const answer = polls(second);
    await held(second);
    await revoke();
    await world.stores.agentOrders.insert('too late', {
      agentId: agent.id,
      customerId: 'contoso',
      verb: 'deltaSync',
      issuedAt: world.clock.now(),
      expiresAt: world.clock.now() + 60_000,
      state: 'waiting',
    });
    await second.chore('waiting orders');
    expect(await answer).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect(await states()).toEqual(['waiting']);
    await second.stop();
  });

  it('refuses what waited in line meanwhile, and keeps nothing of it', async () => {
    const ahead = [await world.enrolled(machine('m2', 'DC2')), await world.enrolled(machine('m3', 'DC3'))];
    const { opened, open } = gate();
    const { events, agentRequests, inventoryUploads } = world.bot.deps;
    const insert = events.insert.bind(events);
    let inserts = 0;
    const holds: typeof insert = async (...event) => {
      inserts++;
      await opened;
      return insert(...event);
    };
    Object.assign(events, { insert: holds });
    const tells = (of: typeof agent, n: number) =>
      of.asks.events({ stream: randomUUID(), events: [reset(1, world.clock.now(), { n })] });
    const first = ahead.map(tells);
    await until(() => inserts === ahead.length);
    const before = await agentRequests.count();
    const page = { snapshot: randomUUID(), page: 1, last: true, users: [] };
    const waiting = [tells(agent, 9), agent.asks.inventory(page)];
    await until(async () => (await agentRequests.count()) === before + waiting.length);
    await revoke();
    open();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await Promise.all(waiting)).map(({ body }) => body.error)).toEqual(['revoked', 'revoked']);
    expect([await events.count(), await inventoryUploads.count()]).toEqual([ahead.length, 0]);
  });

  it('removes what waits, and a repeat changes nothing', async () => {
    await order();
    await revoke();
    expect(await states()).toEqual([]);
    const before = await world.stores.agents.get(agent.id);
    world.clock.advance(1);
    await revoke();
    expect(await world.stores.agents.get(agent.id)).toEqual(before);
  });
});
