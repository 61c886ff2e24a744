import { type FanOutDeps, fanOutNotice } from '../../../domain/notifications/fanOutNotice';
import type { Notice } from '../../../domain/notifications/notification';
import type { Stores } from '../../../domain/stores/stores';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';
import { silent } from '../../helpers/store/storageWorlds';

const HOUR = 60 * 60_000;
const shown = (at: number) => new Date(at).toISOString().slice(11, 16);
const customer = sampleCustomer('Contoso');
let clock: TestClock;
let stores: Stores;
let hour: number;

beforeEach(async () => {
  clock = new TestClock();
  stores = memoryStores(clock);
  hour = clock.now() + HOUR;
  await stores.customers.insert(customer.id, customer);
  await stores.subscriptions.insert('here', {
    scope: 'channel',
    customers: 'all',
    kinds: ['resetSeen'],
    quiet: { from: shown(clock.now()), to: shown(hour) },
    timeZone: 'UTC',
    setBy: { id: 'ada', name: 'Ada' },
    changedAt: clock.now(),
  });
});

const deps = (): FanOutDeps => ({
  stores,
  clock,
  log: silent,
});
const notice = (n: number): Notice => ({
  customerId: customer.id,
  kind: 'resetSeen',
  privileged: false,
  eventIds: [`event ${n}`],
  openedAt: clock.now(),
  open: false,
  revision: 1,
  told: false,
});
const rows = async () =>
  (await stores.deliveries.list({ limit: 1000 })).items.map(({ id, value }) => `${id}: ${value.state}`);

test('a thousand kept deliveries take one write each, and no document grows', async () => {
  let writes = 0;
  let longest = 0;
  const noting = (value: object) => {
    writes++;
    longest = Math.max(longest, JSON.stringify(value).length);
  };
  const { deliveries } = stores;
  const noted: Stores['deliveries'] = Object.assign(Object.create(deliveries), {
    insert: (...args: Parameters<typeof deliveries.insert>) => {
      noting(args);
      return deliveries.insert(...args);
    },
    replace: (...args: Parameters<typeof deliveries.replace>) => {
      noting(args);
      return deliveries.replace(...args);
    },
  });
  for (let n = 0; n < 1000; n++) {
    const stored = await stores.notices.insert(`notice ${n}`, notice(n));
    await fanOutNotice({ ...deps(), stores: { ...deps().stores, deliveries: noted } }, stored);
  }
  expect(writes).toBe(1_001);
  expect(longest).toBeLessThan(500);
});

test('a kept delivery is not told again when its notice is fanned out once more after the hour', async () => {
  const stored = await stores.notices.insert('notice', notice(1));
  await fanOutNotice(deps(), stored);
  const kept = await rows();
  expect(kept).toEqual([`digest|here|${hour}: waiting`, 'notice|here: kept']);
  clock.advance(HOUR + 1);
  await fanOutNotice(deps(), stored);
  expect(await rows()).toEqual(kept);
});
