import { randomUUID } from 'node:crypto';
import { beatOf, HEALTH, machine, reset } from '../../../helpers/bot/servingWorld';
import { STREAM, useTellingAgent } from '../../../helpers/bot/useServing';

const { world, agent, now, send } = useTellingAgent();
const told = async () => (await world.stores.events.list({ limit: 1000 })).items;
const orders = async () => (await world.stores.agentOrders.list({ limit: 100 })).items;

describe('a delta sync that a server in staging mode did not run', () => {
  const staging = (seq: number, more: object = {}) => ({
    seq,
    id: randomUUID(),
    seenAt: now(),
    type: 'deltaSync',
    outcome: 'staging',
    finding: 'It is in staging mode.',
    startedAt: 1,
    endedAt: 2,
    resets: 3,
    ...more,
  });

  it('is told where no other server syncs, or when a person asked for it', async () => {
    await send([staging(1)]);
    expect(await told()).toHaveLength(1);
    const active = await world.enrolled(machine('m2', 'AADC1'));
    await active.asks.beat(beatOf());
    await send([staging(2)]);
    expect(await told()).toHaveLength(1);
    await send([staging(3, { commandId: 'c1' })]);
    expect(await told()).toHaveLength(2);
  });
});

describe('the delta sync after resets', () => {
  it('is ordered once of each agent whose Microsoft Entra Connect is ready', async () => {
    const connect = await world.enrolled(machine('m2', 'AADC1'));
    await connect.asks.beat(beatOf());
    await agent.asks.beat(beatOf({ health: { ...HEALTH, connect: { state: 'notInstalled' } } }));
    await send([reset(1, now()), reset(2, now())]);
    await send([reset(3, now())]);
    await send([reset(1, now())], randomUUID(), connect);
    expect((await orders()).map(({ value }) => [value.agentId, value.verb, value.state])).toEqual([
      [connect.id, 'deltaSync', 'waiting'],
    ]);
    await connect.asks.commands({ waitMs: 0, done: [] });
    await send([reset(4, now())]);
    expect((await orders()).map(({ value }) => value.state).sort()).toEqual(['handedOut', 'waiting']);
  });

  it('is ordered after a crash before the order, and not for resets that were told long ago', async () => {
    const connect = await world.enrolled(machine('m2', 'AADC1'));
    await connect.asks.beat(beatOf());
    const events = [reset(1, now())];
    const { list } = world.bot.deps.stores.agentOrders;
    const dies = async () => Promise.reject(new TypeError('killed'));
    Object.assign(world.bot.deps.stores.agentOrders, { list: dies });
    expect((await send(events)).status).toBe(503);
    Object.assign(world.bot.deps.stores.agentOrders, { list });
    await send(events);
    expect(await orders()).toHaveLength(1);
    await connect.asks.commands({ waitMs: 0, done: [] });
    world.clock.advance(5 * 60_000);
    await send(events, randomUUID());
    expect(await orders()).toHaveLength(1);
  });

  it('is ordered also of an Microsoft Entra Connect that did not answer', async () => {
    const connect = await world.enrolled(machine('m2', 'AADC1'));
    const hangs = { state: 'unknown', finding: 'It did not answer in time.' } as const;
    await connect.asks.beat(beatOf({ health: { ...HEALTH, connect: hangs } }));
    await send([reset(1, now())]);
    expect((await orders()).map(({ value }) => value.agentId)).toEqual([connect.id]);
  });

  it('is not ordered of the agent that told the resets, because it has run its own', async () => {
    await agent.asks.beat(beatOf());
    await send([reset(1, now()), reset(2, now())]);
    expect(await orders()).toEqual([]);
  });

  it('is not ordered where there is no Microsoft Entra Connect', async () => {
    const elsewhere = await world.enrolled(machine(), 'fabrikam');
    await elsewhere.asks.beat(beatOf());
    await send([reset(1, now())], STREAM, elsewhere);
    expect(await orders()).toEqual([]);
  });
});
