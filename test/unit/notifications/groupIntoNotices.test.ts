import { StoreUnavailable } from '../../../domain/errors';
import { fanOutNotice } from '../../../domain/notifications/fanOutNotice';
import { groupIntoNotices } from '../../../domain/notifications/groupIntoNotices';
import { CROWD, MOST_EVENTS, NOTICE_MS, type Subscription } from '../../../domain/notifications/notification';
import type { Needs } from '../../../domain/stores/core';
import type { Stores } from '../../../domain/stores/stores';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';
import { silent } from '../../helpers/store/storageWorlds';

const LEASE_MS = 60_000;
let clock: TestClock;
let stores: Stores;

beforeEach(() => {
  clock = new TestClock();
  stores = memoryStores(clock);
});

const happened = async (n: number) => {
  const { id, value } = resetEvent('customer-1', n, clock.now());
  await stores.events.insert(id, value);
  return id;
};

/** An instance with these stores claims the due events and groups them into notices. */
async function groupsEvents(by: Needs<'events' | 'notices'> = { stores }): Promise<number> {
  const claimed = await stores.events.claimDue(clock.now(), LEASE_MS, 100);
  await groupIntoNotices({ ...by, clock }, claimed);
  return claimed.length;
}

const asksForAll = (changedAt: number): Subscription => ({
  scope: 'channel',
  customers: 'all',
  kinds: ['resetSeen'],
  timeZone: 'UTC',
  setBy: { id: 'ada', name: 'Ada' },
  changedAt,
});

const notices = async () =>
  (await stores.notices.list({ limit: 100, sort: { key: 'openedAt' } })).items.map(
    ({ value }) => value.eventIds,
  );

const revisions = async () =>
  (await stores.notices.list({ limit: 100 })).items.map(({ value }) => value.revision);

test('an event stays in one notice, although the instance that put it there died before it marked the event and the notice is closed', async () => {
  const first = await happened(1);
  const replace = () => Promise.reject(new StoreUnavailable('gone'));
  const dying = Object.assign(Object.create(stores.events), { replace });
  await expect(groupsEvents({ stores: { ...stores, events: dying } })).rejects.toThrow(StoreUnavailable);
  clock.advance(NOTICE_MS + 1);
  const second = await happened(2);
  expect(await groupsEvents()).toBe(2);
  expect(await groupsEvents()).toBe(0);
  expect(await notices()).toEqual([[first], [second]]);
});

test('when an event changes before it is marked, the cards of its notice are brought up to date', async () => {
  const id = await happened(1);
  const replace = () => Promise.reject(new StoreUnavailable('gone'));
  const dying = Object.assign(Object.create(stores.events), { replace });
  await expect(groupsEvents({ stores: { ...stores, events: dying } })).rejects.toThrow(StoreUnavailable);
  expect(await revisions()).toEqual([1]);
  const event = await stores.events.get(id);
  if (!event) throw new Error('no event');
  await stores.events.replace(event, event.value);
  expect(await groupsEvents()).toBe(1);
  expect(await revisions()).toEqual([2]);
  expect(await groupsEvents()).toBe(0);
  expect(await notices()).toEqual([[id]]);
});

test('an event that is due again because it changed has its notice brought up to date, however old the notice is', async () => {
  const id = await happened(1);
  await groupsEvents();
  clock.advance(24 * 60 * NOTICE_MS);
  const event = await stores.events.get(id);
  if (!event) throw new Error('no event');
  await stores.events.replace(event, { ...event.value, dueAt: clock.now() });
  expect(await groupsEvents()).toBe(1);
  expect(await revisions()).toEqual([2]);
  expect(await groupsEvents()).toBe(0);
});

test('when more events come at once than one notice lists, each of the others joins the notice', async () => {
  const before = [];
  for (let n = 0; n < 10; n++) before.push(await happened(n));
  await groupsEvents();
  for (let n = 10; n < MOST_EVENTS + 20; n++) await happened(n);
  const claimed = await stores.events.claimDue(clock.now(), LEASE_MS, 1000);
  await groupIntoNotices({ stores, clock }, claimed);
  const all = await notices();
  expect(all.map((ids) => ids.length)).toEqual([MOST_EVENTS]);
  const { items } = await stores.events.list({ limit: 1000 });
  expect(items.filter(({ value }) => value.noticeId === undefined)).toEqual([]);
  const joined = items.filter(({ value }) => value.joined).map(({ id }) => id);
  expect(joined).toHaveLength(20);
  expect(all.flat()).toEqual(expect.not.arrayContaining(joined));
});

test('a new event is not looked for in the notices of the last hour', async () => {
  await happened(1);
  await groupsEvents();
  const second = await happened(2);
  const list = () => Promise.reject(new StoreUnavailable('not to be asked'));
  await groupsEvents({
    stores: { ...stores, notices: Object.assign(Object.create(stores.notices), { list }) },
  });
  expect((await notices()).flat()).toContain(second);
  expect(await notices()).toHaveLength(1);
});

test('what is urgent goes first, in its notice and in each conversation', async () => {
  const customer = sampleCustomer('Contoso');
  await stores.customers.insert(customer.id, customer);
  for (const id of ['a', 'b', 'c']) await stores.subscriptions.insert(id, asksForAll(clock.now()));
  const tell = async (n: number, privileged: boolean) => {
    const { id, value } = resetEvent(customer.id, n, clock.now(), { privileged });
    await stores.events.insert(id, value);
    clock.advance(1_000);
  };
  await tell(1, false);
  await tell(2, true);
  await groupsEvents();
  const claimed = await stores.notices.claimDue(clock.now(), LEASE_MS, 10);
  expect(claimed.map(({ value }) => value.privileged)).toEqual([true, false]);
  for (const notice of claimed.toReversed()) await fanOutNotice({ stores, clock, log: silent }, notice);
  const first = await stores.deliveries.claimDue(clock.now(), LEASE_MS, 3);
  expect(first.map(({ value }) => value.subject.id)).toEqual(
    Array(3).fill(`notice|reset|${customer.id}|2|privileged`),
  );
});

test('a flood becomes few cards: after twenty in an hour each notice takes in more and for longer, and loses nothing', async () => {
  let n = 0;
  for (let minute = 0; minute < 60; minute++) {
    await happened(++n);
    while ((await groupsEvents()) > 0);
    clock.advance(NOTICE_MS + 1);
  }
  const all = await notices();
  expect(all.length).toBeGreaterThanOrEqual(CROWD.notices);
  expect(all.length).toBeLessThanOrEqual(CROWD.notices + 5);
  expect(new Set(all.flat()).size).toBe(n);
});

describe('a slow flood, with no full list in any minute,', () => {
  const IN_A_MINUTE = 60;

  const floods = async (minutes: number): Promise<number> => {
    let n = 0;
    for (let minute = 0; minute < minutes; minute++) {
      for (let each = 0; each < IN_A_MINUTE; each++) await happened(++n);
      while ((await groupsEvents()) > 0);
      clock.advance(NOTICE_MS + 1);
    }
    const { items } = await stores.events.list({ where: { customerId: 'customer-1' }, limit: 1000 });
    expect(items.filter(({ value }) => value.noticeId === undefined)).toEqual([]);
    return (await notices()).length;
  };

  test('becomes few cards', async () => {
    expect(await floods(12)).toBeLessThanOrEqual(Math.ceil(CROWD.events / IN_A_MINUTE));
  });

  test('of ordinary accounts keeps back no card of a privileged account', async () => {
    await floods(4);
    for (const n of [5_001, 5_002]) {
      const { id, value } = resetEvent('customer-1', n, clock.now(), { privileged: true });
      await stores.events.insert(id, value);
      while ((await groupsEvents()) > 0);
      clock.advance(NOTICE_MS + 1);
    }
    const { items } = await stores.notices.list({ where: { customerId: 'customer-1' }, limit: 100 });
    expect(items.filter(({ value }) => value.privileged)).toHaveLength(2);
  });
});

test('a reset whose kind changes between its notice and its mark is told, and so is what comes after it', async () => {
  const { id, value } = resetEvent('customer-1', 1, clock.now(), { facts: { kind: 'resetLate' } });
  await stores.events.insert(id, value);
  const replace = () => Promise.reject(new StoreUnavailable('gone'));
  const dying = Object.assign(Object.create(stores.events), { replace });
  await expect(groupsEvents({ stores: { ...stores, events: dying } })).rejects.toThrow(StoreUnavailable);
  const event = await stores.events.get(id);
  if (!event || !('reset' in event.value.facts)) throw new Error('no reset');
  const facts = { ...event.value.facts, kind: 'resetSeen' as const };
  await stores.events.replace(event, { ...event.value, facts, dueAt: clock.now() });
  const next = await happened(2);
  await groupsEvents();
  expect((await notices()).toSorted((a, b) => a.length - b.length)).toEqual([[id], [id, next]]);
  expect((await stores.events.get(next))?.value.noticeId).toBe(`notice|${id}|resetSeen`);
});

test('in a conversation’s line the many notices of one customer come after the first notice of another', async () => {
  await stores.subscriptions.insert('channel', asksForAll(clock.now()));
  const fansOut = async () => {
    for (const notice of await stores.notices.claimDue(clock.now(), LEASE_MS, 100))
      await fanOutNotice({ stores, clock, log: silent }, notice);
  };
  for (const id of ['customer-1', 'customer-2'])
    await stores.customers.insert(id, { ...sampleCustomer(id), id });
  for (let round = 0; round < 5; round++) {
    const { id, value } = resetEvent('customer-1', round, clock.now(), { privileged: true });
    await stores.events.insert(id, value);
    await groupsEvents();
    clock.advance(NOTICE_MS + 1);
  }
  const { id, value } = resetEvent('customer-2', 1, clock.now(), { privileged: true });
  await stores.events.insert(id, value);
  await groupsEvents();
  await fansOut();
  const { items } = await stores.deliveries.list({ limit: 100, sort: { key: 'line' } });
  const order = items.map((each) => each.value.customerId);
  expect(order).toHaveLength(6);
  expect(order.indexOf('customer-2')).toBeLessThanOrEqual(1);
});
