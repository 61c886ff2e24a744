import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createBotClient } from '../../../../agent/bot/botClient';
import { BotRefused } from '../../../../agent/bot/botFault';
import { orderNow } from '../../../../domain/agents/orders/orderNow';
import { revokeAgent } from '../../../../domain/agents/revokeAgent';
import { clientOf } from '../../../helpers/agent/agentParts';
import { PUBLIC_URL } from '../../../helpers/agent/agentSigner';
import { beatOf, machine, reset, servingWorld, tess, user } from '../../../helpers/bot/servingWorld';

test('the agent’s own client and the bot understand each other, with a clock that is wrong by years', async () => {
  const world = await servingWorld();
  const { identity, exchange, clock } = await clientOf(world.bot.url, {}, () => Date.UTC(2020, 0, 1));
  const as = (agentId?: string) =>
    createBotClient({ server: PUBLIC_URL, exchange, identity, clock, ...(agentId && { agentId }) });
  const { agentId, customer } = await as().enrol(await world.token(), machine());
  expect([customer, clock.now()]).toEqual(['Contoso', world.clock.now()]);
  const client = as(agentId);
  expect(await client.beat(beatOf())).toMatchObject({ customer: 'Contoso' });
  const told = await client.sendEvents(randomUUID(), [reset(1, world.clock.now())]);
  expect(told.acknowledged).toBe(1);
  for (const verb of ['deltaSync', 'inventory'] as const)
    await orderNow(world.bot.deps, tess, { customerId: 'contoso', verb });
  const { commands } = await client.commands({ waitMs: 0, done: [] });
  expect(commands.map(({ verb }) => verb).sort()).toEqual(['deltaSync', 'inventory']);
  const done = commands.map(({ id }) => ({ id, outcome: 'done' as const, finding: 'Done.' }));
  expect((await client.commands({ waitMs: 0, done })).commands).toEqual([]);
  const page = { protocol: 1, snapshot: randomUUID(), page: 1, last: true, users: [user(1), user(2)] };
  expect((await client.sendInventoryPage(gzipSync(JSON.stringify(page)))).missing).toEqual([]);
  expect(await world.stores.directoryAccounts.count()).toBe(2);
  const gap = client.sendEvents(randomUUID(), [reset(9, world.clock.now())]);
  await expect(gap).rejects.toMatchObject({ code: 'order', expected: 1 });
  await revokeAgent(world.bot.deps, tess, { agentId, requestId: 'revoke' });
  await expect(client.beat(beatOf())).rejects.toThrow(BotRefused);
  exchange.close();
  await world.bot.stop();
});
