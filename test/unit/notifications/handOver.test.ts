import { StoreUnavailable } from '../../../domain/errors';
import { handOverEvents } from '../../../domain/notifications/handOverEvents';
import { NOTICE_MS } from '../../../domain/notifications/notification';
import type { Stores } from '../../../domain/ports';
import { memoryStores, TestClock } from '../../helpers/memoryStores';
import { resetEvent } from '../../helpers/resetEvents';

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

/** What is due is claimed and given to notices by an instance whose stores are these. */
async function handedOver(by: Pick<Stores, 'events' | 'notices'> = stores): Promise<number> {
  const claimed = await stores.events.claimDue(clock.now(), LEASE_MS, 100);
  await handOverEvents({ ...by, clock }, claimed);
  return claimed.length;
}

const notices = async () =>
  (await stores.notices.list({ limit: 100, sort: { key: 'openedAt' } })).items.map(
    ({ value }) => value.eventIds,
  );

test('an event stands in one notice, though whoever put it there died before saying so and that notice was closed since', async () => {
  const first = await happened(1);
  const replace = () => Promise.reject(new StoreUnavailable('gone'));
  const dying = Object.assign(Object.create(stores.events), { replace });
  await expect(handedOver({ ...stores, events: dying })).rejects.toThrow(StoreUnavailable);
  clock.advance(NOTICE_MS + 1);
  const second = await happened(2);
  expect(await handedOver()).toBe(2);
  expect(await handedOver()).toBe(0);
  expect(await notices()).toEqual([[first], [second]]);
});

test('what comes for the first time is not looked for in the notices of the last hour', async () => {
  await happened(1);
  await handedOver();
  const second = await happened(2);
  const list = () => Promise.reject(new StoreUnavailable('not to be asked'));
  await handedOver({ ...stores, notices: Object.assign(Object.create(stores.notices), { list }) });
  expect((await notices()).flat()).toContain(second);
  expect(await notices()).toHaveLength(1);
});
