import { randomUUID } from 'node:crypto';
import { AGENT_PATHS } from '../../../../domain/agentProtocol/protocol';
import { RESTORE_DAYS, removeCustomer } from '../../../../domain/customers/removeCustomer';
import { machine, reset, user } from '../../../helpers/bot/servingWorld';
import { useAgent, useServing } from '../../../helpers/bot/useServing';
import { actor } from '../../../helpers/cloud/signInWorld';
import { purge } from '../../../helpers/store/purge';

const ada = actor('ada', 'admin');
const world = useServing();
const agent = useAgent(world);

const names = async (customerId = 'contoso') =>
  (
    await world.stores.directoryAccounts.list({ where: { customerId }, limit: 1000, sort: { key: 'name' } })
  ).items.map(({ value }) => value.user.samAccountName);
const page = (snapshot: string, number: number, users: object[], last = false) => ({
  snapshot,
  page: number,
  last,
  users,
});
const send = async (...of: Parameters<typeof page>) => (await agent.asks.inventory(page(...of))).body.missing;

describe('an inventory', () => {
  it('is taken in pages, in any order and repeatedly, and says what is missing', async () => {
    const snapshot = randomUUID();
    expect(await send(snapshot, 3, [user(3)], true)).toEqual([1, 2]);
    expect(await send(snapshot, 1, [user(1)])).toEqual([2]);
    expect(await send(snapshot, 1, [user(1)])).toEqual([2]);
    expect(await send(snapshot, 2, [user(2)])).toEqual([]);
    expect(await send(snapshot, 2, [user(9)])).toEqual([]);
    expect(await names()).toEqual(['user1', 'user2', 'user3']);
  });

  it('also takes pages that are not compressed', async () => {
    const body = page(randomUUID(), 1, [user(1)], true);
    expect((await agent.asks.inventory(body, { gzip: false })).body.missing).toEqual([]);
    expect(await names()).toEqual(['user1']);
  });

  it('removes the accounts that it did not contain when it is complete, and not before', async () => {
    await send(randomUUID(), 1, [user(1), user(2), user(3)], true);
    world.clock.advance(1_000);
    const snapshot = randomUUID();
    expect(await send(snapshot, 2, [user(4)], true)).toEqual([1]);
    expect(await names()).toHaveLength(4);
    world.clock.advance(1_000);
    await agent.asks.events({ stream: randomUUID(), events: [reset(1, world.clock.now(), { n: 2 })] });
    expect(await send(snapshot, 1, [user(1)])).toEqual([]);
    expect(await names()).toEqual(['user1', 'user2', 'user4']);
  });

  it('keeps users whom the agent could not read, and everybody while one user has no name', async () => {
    await send(randomUUID(), 1, [user(1), user(2), user(3)], true);
    const part = async (unread: object) => {
      world.clock.advance(1_000);
      const body = { ...page(randomUUID(), 1, [user(1)], true), unread };
      expect((await agent.asks.inventory(body)).body.missing).toEqual([]);
      return names();
    };
    const { objectGuid } = user(2);
    expect(await part({ objectGuids: [objectGuid], others: 1 })).toEqual(['user1', 'user2', 'user3']);
    expect(await part({ objectGuids: 'none' })).toEqual(['user1', 'user2', 'user3']);
    expect(await part({ objectGuids: [objectGuid], others: 0 })).toEqual(['user1', 'user2']);
    expect(await part({ objectGuids: [], others: 0 })).toEqual(['user1']);
  });

  it('with rows that are no users takes the other rows, forgets nobody, counts and tells the bad rows', async () => {
    await send(randomUUID(), 1, [user(1), user(2)], true);
    world.clock.advance(1_000);
    const rows = [user(3), { ...user(4), objectGuid: 'x' }, 7, { ...user(5), mail: 'x'.repeat(2_000) }];
    expect(await send(randomUUID(), 1, rows as object[], true)).toEqual([]);
    expect(await names()).toEqual(['user1', 'user2', 'user3', 'user5']);
    const { items } = await world.stores.events.list({ limit: 10 });
    expect(items.map(({ value }) => value.facts)).toMatchObject([
      {
        kind: 'connectionDegraded',
        finding: expect.stringMatching(/^DC1: 2 users of this agent could not be read/),
      },
    ]);
  });

  it('leaves other domains and other customers alone', async () => {
    const elsewhere = await world.enrolled(machine(), 'fabrikam');
    await elsewhere.asks.inventory(page(randomUUID(), 1, [user(1)], true));
    const other = user(5, { distinguishedName: 'CN=User 5,DC=child,DC=contoso,DC=test' });
    await send(randomUUID(), 1, [user(1), other], true);
    world.clock.advance(1_000);
    await send(randomUUID(), 1, [user(2)], true);
    expect(await names()).toEqual(['user2', 'user5']);
    expect(await names('fabrikam')).toEqual(['user1']);
  });

  it('removes nothing when it is empty', async () => {
    await send(randomUUID(), 1, [user(1)], true);
    world.clock.advance(1_000);
    expect(await send(randomUUID(), 1, [], true)).toEqual([]);
    expect(await names()).toEqual(['user1']);
  });

  it('continues after a crash in the middle of its removal', async () => {
    await send(randomUUID(), 1, [user(1), user(2)], true);
    world.clock.advance(1_000);
    const snapshot = randomUUID();
    const { remove } = world.bot.deps.stores.directoryAccounts;
    const dies = async () => Promise.reject(new TypeError('killed'));
    Object.assign(world.bot.deps.stores.directoryAccounts, { remove: dies });
    const body = page(snapshot, 1, [user(1)], true);
    expect((await agent.asks.inventory(body)).status).toBe(503);
    Object.assign(world.bot.deps.stores.directoryAccounts, { remove });
    expect((await agent.asks.inventory(body)).body.missing).toEqual([]);
    expect(await names()).toEqual(['user1']);
  });

  it('whose pages contradict each other is refused', async () => {
    const snapshot = randomUUID();
    await send(snapshot, 2, [user(2)], true);
    const invalid = { status: 400, body: { error: 'invalid' } };
    expect(await agent.asks.inventory(page(snapshot, 3, [user(3)]))).toMatchObject(invalid);
    expect(await agent.asks.inventory(page(snapshot, 1, [user(1)], true))).toMatchObject(invalid);
    expect(await names()).toEqual(['user2']);
  });

  it('belongs to the agent’s customer, whatever a body says', async () => {
    const body = { protocol: 1, customerId: 'fabrikam', ...page(randomUUID(), 1, [user(1)], true) };
    expect((await agent.asks.post(AGENT_PATHS.inventory, body, { gzip: true })).status).toBe(200);
    expect([await names(), await names('fabrikam')]).toEqual([['user1'], []]);
  });
});

test('agents and accounts go with a customer that is deleted for good', async () => {
  const elsewhere = await world.enrolled(machine(), 'fabrikam');
  await elsewhere.asks.inventory(page(randomUUID(), 1, [user(1)], true));
  const users = Array.from({ length: 450 }, (_, n) => user(n + 1));
  await send(randomUUID(), 1, users, true);
  await removeCustomer(world.bot.deps, ada, {
    customerId: 'contoso',
    typedName: 'Contoso',
    requestId: 'remove',
  });
  world.clock.advance((RESTORE_DAYS + 1) * 24 * 60 * 60_000);
  expect(await purge(world.bot.deps)).toBe(1);
  expect([await names(), await names('fabrikam')]).toEqual([[], ['user1']]);
  expect((await world.stores.agents.list({ limit: 9 })).items.map(({ id }) => id)).toEqual([elsewhere.id]);
  expect((await agent.asks.inventory(page(randomUUID(), 1, users, true))).status).toBe(401);
});
