import { createArrivals } from '../../../domain/resets/trackArrival';
import type { Stores } from '../../../domain/stores/stores';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

const HOUR = 60 * 60_000;
let clock: TestClock;
let stores: Stores;
beforeEach(() => {
  clock = new TestClock();
  stores = memoryStores(clock);
});

const arrivalOf = async (id: string) => {
  const facts = (await stores.events.get(id))?.value.facts;
  return facts && 'arrival' in facts ? facts.arrival : undefined;
};
const happened = async (n: number, customerId = 'contoso') => {
  const { id, value } = resetEvent(customerId, n, clock.now(), { facts: { arrival: { state: 'checking' } } });
  await stores.events.insert(id, value);
  return id;
};

test('beyond the bound of one customer Keyturn does not look for resets, and the card says so; another customer’s are looked for', async () => {
  const follow = createArrivals({ stores, clock }, { most: 3, everyMs: HOUR });
  const ids: string[] = [];
  for (let n = 1; n <= 5; n++) ids.push(await happened(n));
  for (const id of ids) await follow(id, 'contoso');
  const other = await happened(1, 'fabrikam');
  await follow(other, 'fabrikam');
  const states = await Promise.all([...ids, other].map(async (id) => (await arrivalOf(id))?.state));
  expect(states).toEqual([...Array(3).fill('checking'), 'notTracked', 'notTracked', 'checking']);
  expect((await arrivalOf(ids[4] ?? ''))?.finding).toContain('does not check each of them');
  expect(await stores.jobs.count({ where: { kind: 'proveArrival' } })).toBe(4);
  clock.advance(HOUR / 3);
  const later = await happened(6);
  await follow(later, 'contoso');
  expect((await arrivalOf(later))?.state).toBe('checking');
});

test('a reset that is told again counts once, and is not given up when there are too many', async () => {
  const follow = createArrivals({ stores, clock }, { most: 2, everyMs: HOUR });
  const [first, second, third] = [await happened(1), await happened(2), await happened(3)];
  for (const id of [first, first, first, second, third, first]) await follow(id, 'contoso');
  const states = await Promise.all([first, second, third].map(async (id) => (await arrivalOf(id))?.state));
  expect(states).toEqual(['checking', 'checking', 'notTracked']);
});

test('Keyturn looks for each of two thousand resets at once', async () => {
  const jobs: string[] = [];
  const insert = async (id: string) => void jobs.push(id);
  const given = { ...stores, jobs: Object.assign(Object.create(stores.jobs), { insert }) };
  const follow = createArrivals({ stores: given, clock });
  for (let n = 0; n < 2_000; n++) await follow(`reset ${n}`, 'contoso');
  expect(new Set(jobs).size).toBe(2_000);
});
