import { faceOf } from '../../../bot/notifications/subjects/notice';
import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { joinedBy } from '../../../domain/events/joinedEvents';
import { groupIntoNotices } from '../../../domain/notifications/groupIntoNotices';
import { MOST_EVENTS } from '../../../domain/notifications/notification';
import type { Stored } from '../../../domain/ports';
import type { Stores } from '../../../domain/stores/stores';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { textOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { dyingAfter } from '../../helpers/store/dyingStores';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

const LEASE_MS = 60_000;
let clock: TestClock;
let stores: Stores;
let happened = 0;

beforeEach(() => fresh());

async function fresh(): Promise<void> {
  clock = new TestClock();
  stores = memoryStores(clock);
  await stores.notices.insert('full', {
    ...{ customerId: 'customer-1', kind: 'resetSeen', privileged: false, open: true, told: true },
    eventIds: Array.from({ length: MOST_EVENTS }, (_, n) => `listed ${n}`),
    openedAt: clock.now(),
    revision: 1,
  });
}

async function happen(count: number): Promise<string[]> {
  const events = Array.from({ length: count }, () => resetEvent('customer-1', happened++, clock.now()));
  for (const { id, value } of events) await stores.events.insert(id, { ...value, facts: apart(id, value) });
  return events.map(({ id }) => id);
}

/** Makes each reset different from all others. */
const apart = (id: string, { facts }: CustomerEvent): CustomerEvent['facts'] =>
  'reset' in facts
    ? { ...facts, reset: { ...facts.reset, user: { ...facts.reset.user, objectGuid: id } } }
    : facts;

const claimed = (most = 100) => stores.events.claimDue(clock.now(), LEASE_MS, most);
const groupsEvents = (events: readonly Stored<CustomerEvent>[], by: Partial<Stores> = {}) =>
  groupIntoNotices({ stores: { ...stores, ...by }, clock }, events);

/** Goes on after the leases of dead instances. */
async function othersGoOn(): Promise<void> {
  clock.advance(LEASE_MS + 1);
  for (let due = await claimed(); due.length > 0; due = await claimed()) await groupsEvents(due);
}

const full = async () => {
  const notice = await stores.notices.get('full');
  if (!notice) throw new Error('no notice');
  return notice.value;
};
const joinedUpTo = async (upTo: number) =>
  (await stores.events.list({ ...joinedBy('full', upTo), limit: 1000 })).items.map(({ id }) => id).toSorted();
const told = async () => joinedUpTo((await full()).joinedUpTo ?? 0);

async function expectAllTold(ids: readonly string[]): Promise<void> {
  expect(await told()).toEqual(ids.toSorted());
  expect((await full()).joining).toBeUndefined();
  expect((await full()).eventIds).toHaveLength(MOST_EVENTS);
  expect(await stores.notices.count()).toBe(1);
  clock.advance(60 * LEASE_MS);
  expect(await claimed()).toEqual([]);
}

test('events that come when the list of a notice is full join it, marked, and are not listed', async () => {
  const ids = await happen(20);
  await groupsEvents(await claimed());
  expect((await full()).revision).toBe(2);
  await expectAllTold(ids);
});

test('at whichever write an instance dies, no part of a batch is told, and another instance finishes the batch', async () => {
  const ids = 6;
  const writes = 1 + ids + 1 + ids;
  for (let last = 0; last < writes; last++) {
    await fresh();
    const lot = await happen(ids);
    const { mortal, by } = dyingAfter(stores, last);
    await groupsEvents(await claimed(), by).catch(() => undefined);
    expect(mortal.died).toBe(true);
    expect([0, ids]).toContain((await told()).length);
    await othersGoOn();
    await expectAllTold(lot);
  }
  await fresh();
  await happen(ids);
  const { mortal, by } = dyingAfter(stores, writes);
  await groupsEvents(await claimed(), by);
  expect(mortal.died).toBe(false);
});

test('of two instances, one finishes the slow batch of the other, and lets its own follow', async () => {
  const [slow, quick] = [await happen(5), await happen(5)];
  const [ofSlow, ofQuick] = [await claimed(5), await claimed(5)];
  let goOn = (): void => undefined;
  const gate = new Promise<void>((open) => {
    goOn = open;
  });
  const replace = async (event: Stored<CustomerEvent>, value: CustomerEvent) => {
    await gate;
    return stores.events.replace(event, value);
  };
  const slowly = groupsEvents(ofSlow, { events: Object.assign(Object.create(stores.events), { replace }) });
  while ((await full()).joining === undefined) await Promise.resolve();
  await groupsEvents(ofQuick);
  const ids = [...slow, ...quick].toSorted();
  expect(await told()).toEqual(ids);
  const before = await stores.events.list({ limit: 100 });
  goOn();
  await slowly;
  const after = await stores.events.list({ limit: 100 });
  const joined = ({ items }: typeof after) => items.map(({ id, value }) => [id, value.joined]);
  expect(joined(after)).toEqual(joined(before));
  await othersGoOn();
  await expectAllTold(ids);
});

test('two instances at the same time lose nothing and tell nothing twice', async () => {
  const ids = await happen(40);
  await Promise.all([groupsEvents(await claimed(20)), groupsEvents(await claimed(20))]);
  await othersGoOn();
  await expectAllTold(ids);
});

test('an event that turns out to be worse, before or after it is marked, is told on its own card', async () => {
  const [before = '', after = '', ...rest] = await happen(5);
  const worsens = async (id: string) => {
    const event = await stores.events.get(id);
    if (!event) throw new Error('no event');
    const { noticeId, ...value } = event.value;
    const moved = noticeId ? { movedFrom: noticeId } : {};
    await stores.events.replace(event, { ...value, ...moved, privileged: true, dueAt: clock.now() });
  };
  await groupsEvents(await claimed(), dyingAfter(stores, 1).by).catch(() => undefined);
  await worsens(before);
  await othersGoOn();
  expect(await told()).toEqual([after, ...rest].toSorted());
  const { revision } = await full();
  await worsens(after);
  await othersGoOn();
  expect(await told()).toEqual(rest.toSorted());
  expect((await full()).revision).toBe(revision + 1);
  const { items } = await stores.notices.list({ limit: 10 });
  const own = items.filter(({ value }) => value.privileged).flatMap(({ value }) => value.eventIds);
  expect(own.toSorted()).toEqual([before, after].toSorted());
});

test('a card takes as many queries for hundreds of joined events as for twenty, and reads none of the events', async () => {
  const customer = sampleCustomer('Contoso');
  await stores.customers.insert('customer-1', { ...customer, id: 'customer-1' });
  const asked: string[] = [];
  const noted = (name: 'get' | 'list' | 'count' | 'find') => (first: never) => {
    asked.push(name);
    return (stores.events[name] as (of: never) => Promise<unknown>)(first);
  };
  const names = ['get', 'list', 'count', 'find'] as const;
  const events: Stores['events'] = Object.assign(
    Object.create(stores.events),
    Object.fromEntries(names.map((name) => [name, noted(name)])),
  );
  const questions = async (): Promise<{ text: string; asked: string[] }> => {
    asked.length = 0;
    const notice = await stores.notices.get('full');
    if (!notice) throw new Error('no notice');
    const card = await faceOf({ stores: { ...stores, events }, clock }, notice);
    return { text: textOf(card), asked: [...asked] };
  };
  const flood = async (count: number) => {
    await happen(count);
    await othersGoOn();
  };
  await flood(20);
  const few = await questions();
  await flood(380);
  const many = await questions();
  expect(few.text).toContain('20 accounts reset');
  expect(many.text).toContain('400 accounts reset');
  expect(many.asked).toEqual(few.asked);
  expect(many.asked.length).toBeLessThanOrEqual(MOST_EVENTS + 10);
});
