import { randomUUID } from 'node:crypto';
import { revokeAgent } from '../../../../domain/agents/revokeAgent';
import { held, until, useOrders } from '../../../helpers/agent/useOrders';
import { gate } from '../../../helpers/bot/runningServer';
import { beatOf, machine, reset, startInstance, tess } from '../../../helpers/bot/servingWorld';
import { actor } from '../../../helpers/cloud/signInWorld';

const { site, order, states, polls } = useOrders();

describe('revoking', () => {
  const revoke = () =>
    revokeAgent(site.world.bot.deps, tess, { agentId: site.agent.id, requestId: 'revoke' });

  it('is for people who may', async () => {
    const request = { agentId: site.agent.id, requestId: 'revoke' };
    await expect(revokeAgent(site.world.bot.deps, actor('ann', 'approver'), request)).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect((await site.agent.asks.beat(beatOf())).status).toBe(200);
  });

  it('ends a held request, the orders and every later request, and is in the audit trail', async () => {
    const answer = polls();
    await held(site.world.bot);
    await revoke();
    expect(await answer).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect(await site.agent.asks.beat(beatOf())).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect((await site.world.stores.customers.get('contoso'))?.value.activeDirectory.state).toBe('waiting');
    const audit = (await site.world.stores.audit.list({ limit: 20 })).items.map(({ value }) => value);
    expect(audit.filter(({ action }) => action === 'agent.revoke')).toMatchObject([
      { actor: { id: 'tess' }, target: 'DC1', outcome: 'done' },
    ]);
  });

  it('takes back orders, also from a request that another instance holds', async () => {
    const second = await startInstance(site.world.stores, site.world.clock, site.world.random);
    const answer = polls(second);
    await held(second);
    await revoke();
    await site.world.stores.agentOrders.insert('too late', {
      agentId: site.agent.id,
      customerId: 'contoso',
      verb: 'deltaSync',
      issuedAt: site.world.clock.now(),
      expiresAt: site.world.clock.now() + 60_000,
      state: 'waiting',
    });
    await second.chore('waiting orders');
    expect(await answer).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect(await states()).toEqual(['waiting']);
    await second.stop();
  });

  it('refuses what waited in line meanwhile, and keeps nothing of it', async () => {
    const ahead = [
      await site.world.enrolled(machine('m2', 'DC2')),
      await site.world.enrolled(machine('m3', 'DC3')),
    ];
    const { opened, open } = gate();
    const { events, agentRequests, inventoryUploads } = site.world.bot.deps.stores;
    const insert = events.insert.bind(events);
    let inserts = 0;
    const holds: typeof insert = async (...event) => {
      inserts++;
      await opened;
      return insert(...event);
    };
    Object.assign(events, { insert: holds });
    const tells = (of: typeof site.agent, n: number) =>
      of.asks.events({ stream: randomUUID(), events: [reset(1, site.world.clock.now(), { n })] });
    const first = ahead.map(tells);
    await until(() => inserts === ahead.length);
    const before = await agentRequests.count();
    const page = { snapshot: randomUUID(), page: 1, last: true, users: [] };
    const waiting = [tells(site.agent, 9), site.agent.asks.inventory(page)];
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
    const before = await site.world.stores.agents.get(site.agent.id);
    site.world.clock.advance(1);
    await revoke();
    expect(await site.world.stores.agents.get(site.agent.id)).toEqual(before);
  });
});
