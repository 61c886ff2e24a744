import { randomUUID } from 'node:crypto';
import { orderNow } from '../../../../domain/agents/orders/orderNow';
import { held, until, useOrders } from '../../../helpers/agent/useOrders';
import { beatOf, HEALTH, machine, reset, startInstance } from '../../../helpers/bot/servingWorld';
import { actor } from '../../../helpers/cloud/signInWorld';

const { site, order, asked, states, polls } = useOrders();

describe('an order', () => {
  it('is claimed, claimed again when it is lost, and never after its report', async () => {
    expect(await order()).toEqual(['DC1']);
    const [command] = await asked();
    expect(command).toEqual({
      id: expect.any(String),
      verb: 'deltaSync',
      expiresAt: site.world.clock.now() + 30 * 60_000,
    });
    expect(await asked()).toEqual([]);
    site.world.clock.advance(30_000);
    expect(await asked()).toEqual([command]);
    const report = { id: command.id, outcome: 'failed', finding: 'It is suspended.' };
    await asked([report]);
    site.world.clock.advance(30_000);
    expect(await asked([{ ...report, outcome: 'done' }])).toEqual([]);
    expect((await site.world.stores.agentOrders.get(command.id))?.value).toMatchObject({
      state: 'failed',
      finding: 'It is suspended.',
    });
  });

  it('is no longer there after it expired', async () => {
    await order();
    site.world.clock.advance(30 * 60_000);
    expect(await asked()).toEqual([]);
    await order();
    expect(await asked()).toHaveLength(1);
  });

  it('waits once, however often it is given', async () => {
    for (let n = 0; n < 3; n++) await order();
    await order(site.world.bot, 'inventory');
    const verbs = async () => (await asked()).map(({ verb }: { verb: string }) => verb).sort();
    expect(await verbs()).toEqual(['deltaSync', 'inventory']);
    await order();
    expect(await verbs()).toEqual(['deltaSync']);
  });

  it('of a person is given even while one that follows resets waits', async () => {
    const other = await site.world.enrolled(machine('m2', 'DC2'));
    await other.asks.events({ stream: randomUUID(), events: [reset(1, site.world.clock.now())] });
    await order();
    const commands = await asked();
    expect(commands.map(({ recordId }: { recordId?: string }) => recordId === undefined).sort()).toEqual([
      false,
      true,
    ]);
  });

  it('is settled only by its own agent', async () => {
    const other = await site.world.enrolled(machine('m2', 'DC2'));
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

  it('is for people who may, and for agents that can', async () => {
    await expect(
      orderNow(site.world.bot.deps, actor('ann', 'approver'), { customerId: 'contoso', verb: 'deltaSync' }),
    ).rejects.toMatchObject({ code: 'notAllowed' });
    for (const state of ['notInstalled', 'cloudSync'] as const) {
      await site.agent.asks.beat(beatOf({ health: { ...HEALTH, connect: { state } } }));
      await expect(order()).rejects.toMatchObject({ code: 'conflict' });
    }
    expect(await order(site.world.bot, 'inventory')).toEqual(['DC1']);
    expect(await states()).toEqual(['waiting']);
  });

  it.each(['suspended', 'staging', 'unknown'] as const)(
    'of a delta sync goes to an Microsoft Entra Connect that was %s, unless another one is ready',
    async (state) => {
      const connect = { state, finding: 'It was so a while ago.' };
      await site.agent.asks.beat(beatOf({ health: { ...HEALTH, connect } }));
      expect(await order()).toEqual(['DC1']);
      const other = await site.world.enrolled(machine('m2', 'AADC1'));
      await other.asks.beat(beatOf());
      expect(await order()).toEqual(['AADC1']);
    },
  );
});

describe('a request that is held open', () => {
  it('is answered when something is ordered at this instance', async () => {
    const answer = polls();
    await held(site.world.bot);
    await order();
    expect((await answer).body.commands).toMatchObject([{ verb: 'deltaSync' }]);
  });

  it('is answered when another instance wrote the order', async () => {
    const second = await startInstance(site.world.stores, site.world.clock, site.world.random);
    const answer = polls(second);
    await held(second);
    await order();
    await second.chore('waiting orders');
    expect((await answer).body.commands).toMatchObject([{ verb: 'deltaSync' }]);
    await second.stop();
  });

  it('gives way to a newer request of the same agent', async () => {
    const older = polls();
    await held(site.world.bot);
    const newer = polls();
    expect((await older).body.commands).toEqual([]);
    await order();
    expect((await newer).body.commands).toHaveLength(1);
  });

  it('ends when the agent goes away', async () => {
    const leaving = new AbortController();
    const answer = polls(site.world.bot, leaving.signal).catch(() => 'left');
    await held(site.world.bot);
    leaving.abort();
    expect(await answer).toBe('left');
    await until(() => !site.world.bot.deps.bell.anybodyWaits());
    await order();
    expect(await states()).toEqual(['waiting']);
  });

  it('is answered at once by a server that stops, with no order', async () => {
    const second = await startInstance(site.world.stores, site.world.clock, site.world.random);
    const answer = polls(second);
    await held(second);
    await site.world.stores.agentOrders.insert('late', {
      agentId: site.agent.id,
      customerId: 'contoso',
      verb: 'deltaSync',
      issuedAt: site.world.clock.now(),
      expiresAt: site.world.clock.now() + 1_000,
      state: 'waiting',
    });
    await second.stop();
    expect(await answer).toMatchObject({ status: 200, body: { commands: [] } });
    expect(await states()).toEqual(['waiting']);
    expect(second.text()).not.toContain('still running');
  });
});
