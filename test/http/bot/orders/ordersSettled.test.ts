import { z } from 'zod';
import { VERBS } from '../../../../domain/agentProtocol/verbs';
import type { AgentOrder } from '../../../../domain/agents/agent';
import { ORDERS } from '../../../../domain/agents/orders';
import { useOrders } from '../../../helpers/agent/useOrders';
import { machine } from '../../../helpers/bot/servingWorld';

const { site, order, asked, states } = useOrders();
const INPUT = { account: 'ann', password: 'not-a-real-password' };

const insert = (more: Partial<AgentOrder> = {}) =>
  site.world.stores.agentOrders.insert('o1', {
    agentId: site.agent.id,
    customerId: 'contoso',
    verb: 'deltaSync',
    input: INPUT,
    issuedAt: site.world.clock.now(),
    expiresAt: site.world.clock.now() + 60_000,
    state: 'waiting',
    ...more,
  });
const kept = async () => (await site.world.stores.agentOrders.get('o1'))?.value;
const report = (more: object = {}) => ({ id: 'o1', outcome: 'done', finding: 'Done.', ...more });

afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(ORDERS, 'dance');
});

describe('the input of an order', () => {
  it('goes to its agent, and is kept until the order has ended', async () => {
    await insert();
    expect(await asked()).toMatchObject([{ id: 'o1', input: INPUT }]);
    expect(await kept()).toMatchObject({ state: 'handedOut', input: INPUT });
    await asked([report()]);
    expect(await kept()).toMatchObject({ state: 'done', finding: 'Done.' });
    expect(await kept()).not.toHaveProperty('input');
  });

  it('is dropped when the order expires, and a report that comes later still counts', async () => {
    await insert();
    await asked();
    const drop = () => site.world.bot.chore('inputs of expired orders');
    site.world.clock.advance(59_999);
    await drop();
    expect(await kept()).toMatchObject({ state: 'handedOut', input: INPUT });
    site.world.clock.advance(1);
    await drop();
    expect(await kept()).toMatchObject({ state: 'handedOut' });
    expect(await kept()).not.toHaveProperty('input');
    await asked([report()]);
    expect(await kept()).toMatchObject({ state: 'done', finding: 'Done.' });
  });

  it('is dropped also of an order that nobody asked for before it expired', async () => {
    await insert();
    site.world.clock.advance(60_000);
    expect(await asked()).toEqual([]);
    await site.world.bot.chore('inputs of expired orders');
    expect(await kept()).toMatchObject({ state: 'waiting' });
    expect(await kept()).not.toHaveProperty('input');
  });

  it('stands in no line of the log', async () => {
    await insert();
    await asked();
    const body = { waitMs: 0, done: [report({ outcome: 'dance', result: INPUT })] };
    expect((await site.agent.asks.commands(body)).status).toBe(400);
    await asked([report({ result: INPUT })]);
    expect(JSON.stringify(await site.world.stores.agentOrders.get('o1'))).not.toContain(INPUT.password);
    expect(site.world.bot.text()).not.toContain(INPUT.password);
  });

  it('never goes to an agent that does not know the verb: the order fails, and says why', async () => {
    await insert();
    const { body } = await site.agent.asks.commands({ waitMs: 0, done: [], verbs: ['inventory'] });
    expect(body.commands).toEqual([]);
    expect(await kept()).toMatchObject({ state: 'failed', finding: expect.stringContaining('Update') });
    expect(await kept()).not.toHaveProperty('input');
  });

  it('never goes to an older agent, which does not say what it knows, for a newer verb', async () => {
    const dance = { ...ORDERS.deltaSync, verb: 'dance' };
    Object.assign(ORDERS, { dance });
    await insert({ verb: 'dance' as AgentOrder['verb'] });
    expect(await asked()).toEqual([]);
    expect(await kept()).toMatchObject({ state: 'failed', finding: expect.stringContaining('Update') });
  });

  it('goes to an agent that says that it knows the verb', async () => {
    await insert();
    const verbs = ['setPassword', 'deltaSync'];
    const { body } = await site.agent.asks.commands({ waitMs: 0, done: [], verbs });
    expect(body.commands).toMatchObject([{ id: 'o1' }]);
  });

  it('never goes to an agent that was installed for another server role', async () => {
    const other = await site.world.enrolled(machine('m2', 'APP1'), 'contoso', 'otherServer');
    await insert({ agentId: other.id, verb: 'inventory' });
    expect((await other.asks.commands({ waitMs: 0, done: [] })).body.commands).toEqual([]);
    expect(await kept()).toMatchObject({ state: 'failed', finding: expect.stringContaining('another kind') });
  });

  it('waits for a newer instance of the bot when this one does not know the verb', async () => {
    await insert({ verb: 'dance' as AgentOrder['verb'] });
    expect(await asked()).toEqual([]);
    expect(await states()).toEqual(['waiting']);
  });

  it('goes to its agent also behind a hundred orders that are not for this instance or have expired', async () => {
    const { agentOrders } = site.world.stores;
    await insert();
    const { value } = (await agentOrders.get('o1')) ?? {};
    if (!value) throw new TypeError('no order');
    for (let n = 0; n < 50; n++) {
      await agentOrders.insert(`a${n}`, { ...value, verb: 'dance' as AgentOrder['verb'] });
      await agentOrders.insert(`b${n}`, { ...value, expiresAt: site.world.clock.now() });
    }
    expect(await asked()).toMatchObject([{ id: 'o1' }]);
  });
});

describe('a report', () => {
  it('that is told twice has its consequence once', async () => {
    const follows = jest.fn(async () => undefined);
    jest.replaceProperty(ORDERS, 'deltaSync', { ...ORDERS.deltaSync, follows });
    await order();
    const [{ id }] = await asked();
    const done = [report({ id, result: {} })];
    await asked(done);
    await asked([...done, ...done]);
    expect(follows).toHaveBeenCalledTimes(1);
    expect(await states()).toEqual(['done']);
  });

  it('is told again when the bot died before it was settled, and has its consequence then', async () => {
    const dies = async () => Promise.reject(new TypeError('killed'));
    const follows = jest.fn(async () => undefined).mockImplementationOnce(dies);
    jest.replaceProperty(ORDERS, 'deltaSync', { ...ORDERS.deltaSync, follows });
    await insert({ state: 'handedOut', handedOutAt: site.world.clock.now() });
    const body = { waitMs: 0, done: [report()] };
    expect((await site.agent.asks.commands(body)).status).toBe(503);
    expect(await states()).toEqual(['handedOut']);
    expect((await site.agent.asks.commands(body)).status).toBe(200);
    expect(await states()).toEqual(['done']);
    expect(follows).toHaveBeenCalledTimes(2);
  });

  it('on an order that its agent did not get yet changes nothing', async () => {
    await insert();
    expect(await asked([report()])).toMatchObject([{ id: 'o1', input: INPUT }]);
    expect(await kept()).toMatchObject({ state: 'handedOut', input: INPUT });
  });

  it('counts also when the order is claimed again at the same moment', async () => {
    const { agentOrders } = site.world.stores;
    await insert({ state: 'handedOut', handedOutAt: 0 });
    jest.spyOn(agentOrders, 'replace').mockImplementationOnce(async (order, value) => {
      await agentOrders.replace(order, { ...order.value, handedOutAt: 1 });
      return agentOrders.replace(order, value);
    });
    expect(await asked([report()])).toEqual([]);
    expect(await states()).toEqual(['done']);
  });

  it('whose result cannot be read has no consequence', async () => {
    const follows = jest.fn(async () => undefined);
    jest.replaceProperty(VERBS.deltaSync, 'result', z.object({ runs: z.number() }) as never);
    jest.replaceProperty(ORDERS, 'deltaSync', { ...ORDERS.deltaSync, follows });
    await insert({ state: 'handedOut' });
    await asked([report({ result: 'dance' })]);
    expect(await kept()).toMatchObject({ state: 'failed', mayBeDone: true });
    expect(follows).not.toHaveBeenCalled();
  });

  it('of an agent that ended in the middle says that it may have been done', async () => {
    await insert({ state: 'handedOut' });
    await asked([report({ outcome: 'failed', mayBeDone: true, finding: 'Look there.' })]);
    expect(await kept()).toMatchObject({ state: 'failed', mayBeDone: true, finding: 'Look there.' });
  });
});
