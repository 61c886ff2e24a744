import type { CustomerEvent } from '../../../domain/events/customerEvent';
import type { Store } from '../../../domain/ports';
import { resetEvent } from '../../helpers/bot/resetEvents';
import type { Bot } from '../../helpers/botWorld/bot';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { ConnectorFault } from '../../helpers/botWorld/teams';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const CUSTOMERS = 12;
const CONVERSATION = 'a:Tess';
const PACE_MS = 2_010;

const cards = () => world.site.teams.in(CONVERSATION).map(({ card }) => textOf(card));

async function subscribed(customers: number): Promise<string[]> {
  const tess = world.seat(world.site.tess);
  await tess.installs();
  const ids: string[] = [];
  for (let n = 0; n < customers; n++) ids.push(await addsCustomer(tess, `Company ${n}`));
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
  return ids;
}

/** Lets time pass; the bot looks every half second. */
async function pass(ms: number, bots: readonly Bot[] = [world.bot]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    await Promise.all(bots.map((bot) => bot.notifications.run()));
    world.site.clock.advance(500);
  }
}

test('more cards than one conversation may get at once all arrive, a little later', async () => {
  const now = world.site.clock.now();
  for (const [n, customerId] of (await subscribed(CUSTOMERS)).entries()) {
    const { id, value } = resetEvent(customerId, n, now);
    await world.bot.stores.events.insert(id, value);
  }
  await world.bot.notifications.run();
  expect(cards().length).toBeGreaterThanOrEqual(6);
  expect(cards().length).toBeLessThanOrEqual(7);
  await pass(CUSTOMERS * PACE_MS);
  expect(cards()).toHaveLength(CUSTOMERS);
});

const agentEvent = (customerId: string, kind: 'agentOffline' | 'agentBack'): CustomerEvent => {
  const now = world.site.clock.now();
  const facts = { agentId: 'dc1', agentName: 'DC1', waiting: 0, since: now, offlineSince: now };
  return { customerId, at: now, toldAt: now, privileged: false, facts: { kind, ...facts }, dueAt: now };
};

test.each([1, 2])(
  'what happened first is told first, also after Teams asks to wait (%i instances)',
  async (n) => {
    const [customerId = ''] = await subscribed(1);
    const bots = n === 1 ? [world.bot] : [world.bot, await world.site.start()];
    const { events } = world.bot.stores;
    world.site.teams.fails([new ConnectorFault(429, 20)]);
    await events.insert('off', agentEvent(customerId, 'agentOffline'));
    await pass(3_000, bots);
    await events.insert('back', agentEvent(customerId, 'agentBack'));
    await pass(40_000, bots);
    expect(cards()).toEqual([expect.stringContaining('No contact with'), expect.stringContaining('back')]);
  },
);

test('a card that Teams does not take does not hold up the cards after it', async () => {
  const [first = '', second = ''] = await subscribed(2);
  world.site.teams.fails([new ConnectorFault(500), new ConnectorFault(500), new ConnectorFault(500)]);
  const { events } = world.bot.stores;
  const happens = async (customerId: string, n: number) => {
    const { id, value } = resetEvent(customerId, n, world.site.clock.now());
    await events.insert(id, value);
  };
  await happens(first, 1);
  await pass(15_000);
  await happens(second, 2);
  await pass(2_000);
  expect(cards()).toEqual([expect.stringContaining('Company 1')]);
  await pass(20_000);
  expect(cards()).toHaveLength(2);
});

describe('300 cards that wait for one conversation', () => {
  const WAITING = 300;
  let work: { writes: number; reads: number };
  let bot: Bot;

  beforeEach(async () => {
    const [customerId = ''] = await subscribed(1);
    const { notices, deliveries, events } = world.bot.stores;
    const now = world.site.clock.now();
    for (let n = 0; n < WAITING; n++) {
      const { id, value } = resetEvent(customerId, n, now);
      const { dueAt: _due, ...event } = value;
      const of = `notice|${String(n).padStart(3, '0')}`;
      await events.insert(id, { ...event, noticeId: of });
      const notice = { customerId, kind: 'resetSeen', privileged: false, eventIds: [id] } as const;
      await notices.insert(of, {
        ...notice,
        eventIds: [id],
        openedAt: now,
        open: false,
        revision: 1,
        told: true,
      });
      const subject = { kind: 'notice', id: of } as const;
      const shared = { conversationId: CONVERSATION, subject, createdAt: now - WAITING + n };
      const card = { wanted: 1, shown: 0, state: 'waiting', attempts: 0, dueAt: now } as const;
      await deliveries.insert(`${of}|${CONVERSATION}`, { ...shared, ...card });
    }
    work = { writes: 0, reads: 0 };
    bot = await world.site.start((stores) => {
      const counted = Object.entries(stores).map(([name, store]) => [name, counting(store, work)]);
      return Object.fromEntries(counted);
    });
  });

  test('take a few writes each, and the line is not rewritten for each sent card', async () => {
    await pass(20_000, [bot]);
    const sent = cards().length;
    expect(sent).toBeGreaterThanOrEqual(14);
    // Each is claimed and given its position in the line once; the sent ones a little more.
    expect(work.writes).toBeLessThanOrEqual(2 * WAITING + 8 * sent);
    expect(work.reads).toBeLessThanOrEqual(4 * WAITING + 20 * sent);
    await pass(WAITING * PACE_MS, [bot]);
    expect(cards()).toHaveLength(WAITING);
    expect(work.writes).toBeLessThanOrEqual(9 * WAITING);
    const order = cards().map((text) => Number(/User (\d+) /.exec(text)?.[1]));
    expect(order).toEqual(Array.from({ length: WAITING }, (_, n) => n));
  });

  test('let a privileged account go first', async () => {
    await pass(5_000, [bot]);
    const sent = cards().length;
    const { items } = await bot.stores.deliveries.list({ where: { state: 'waiting' }, limit: 1000 });
    const last = items.find(({ id }) => id.startsWith('notice|299'));
    if (!last) throw new Error('it is gone');
    const { lineAt: _lineAt, ...value } = last.value;
    await bot.stores.deliveries.replace(last, { ...value, dueAt: value.createdAt - 60_000 });
    await pass(3_000, [bot]);
    expect(
      cards()
        .slice(sent)
        .map((text) => text.includes('User 299 ')),
    ).toContain(true);
  });

  test('are left to other instances when the process ends, and sends under way are finished', async () => {
    const stopping = new AbortController();
    world.site.teams.before = () => {
      if (world.site.teams.messages.length === 3) stopping.abort();
    };
    await bot.notifications.run(stopping.signal);
    expect(cards()).toHaveLength(4);
    const { deliveries } = bot.stores;
    expect(await deliveries.count({ where: { state: 'sending' } })).toBe(0);
    const other = await world.site.start();
    await other.notifications.run();
    expect(cards().length).toBeGreaterThanOrEqual(6);
  });
});

/** Counts a store's queries and writes; a claimed document counts as a write. */
function counting<T, Keys extends string, UniqueKeys extends string>(
  store: Store<T, Keys, UniqueKeys>,
  work: { writes: number; reads: number },
): Store<T, Keys, UniqueKeys> {
  const read =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      work.reads += 1;
      return call(...args);
    };
  const write =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      work.writes += 1;
      return call(...args);
    };
  return {
    ...store,
    get: read(store.get),
    list: read(store.list),
    count: read(store.count),
    insert: write(store.insert),
    replace: write(store.replace),
    async claimDue(...args) {
      const claimed = await store.claimDue(...args);
      work.writes += claimed.length;
      return claimed;
    },
  };
}
