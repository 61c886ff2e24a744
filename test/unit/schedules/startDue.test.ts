import { beginMissing } from '../../../domain/schedules/beginMissing';
import { beginSchedule } from '../../../domain/schedules/beginSchedule';
import { organizationRefresh } from '../../../domain/schedules/kinds/organizationRefresh';
import { tenantWatch } from '../../../domain/schedules/kinds/tenantWatch';
import { startDue } from '../../../domain/schedules/startDue';
import type { Stores } from '../../../domain/stores/stores';
import { connectedTenant } from '../../helpers/bot/arrivals';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { createLinesLog } from '../../helpers/process/linesLog';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';
import { samples } from '../../helpers/store/storeSamples';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const WATCH = 'watchTenant:contoso';
let clock: TestClock;
let stores: Stores;
let deps: Parameters<typeof startDue>[0];

beforeEach(async () => {
  clock = new TestClock();
  stores = memoryStores(clock);
  deps = { stores, clock, log: createLinesLog('info').log };
  await stores.customers.insert('contoso', {
    ...sampleCustomer('Contoso', { office365: connectedTenant() }),
    id: 'contoso',
  });
});

const begin = () =>
  beginSchedule({ stores, clock }, tenantWatch, {
    ...{ id: 'contoso', customerId: 'contoso' },
  });
const jobs = async () => (await stores.jobs.list({ limit: 100 })).items;
const dueAt = async () => (await stores.schedules.get(WATCH))?.value.dueAt ?? 0;
const changeContoso = async (change: object) => {
  const current = await stores.customers.get('contoso');
  if (current) await stores.customers.replace(current, { ...current.value, ...change });
};

test('a new schedule is due within a day, and not at once', async () => {
  await begin();
  expect(await startDue(deps)).toBe(0);
  expect(await dueAt()).toBeGreaterThan(clock.now());
  expect(await dueAt()).toBeLessThanOrEqual(clock.now() + DAY);
});

test('an occurrence makes one job for its customer, and moves the schedule on by a day', async () => {
  await begin();
  const first = await dueAt();
  clock.advance(DAY);
  expect(await startDue(deps)).toBe(1);
  expect(await startDue(deps)).toBe(0);
  expect(await jobs()).toMatchObject([
    {
      id: `${WATCH}:${new Date(first).toISOString()}`,
      value: { kind: 'watchTenant', input: { customerId: 'contoso' }, customerId: 'contoso' },
    },
  ]);
  expect(await dueAt()).toBe(first + DAY);
});

test('two instances at the same moment make one job', async () => {
  await begin();
  clock.advance(DAY);
  await Promise.all([startDue(deps), startDue(deps)]);
  expect(await jobs()).toHaveLength(1);
});

test('when an instance dies between the job and the next occurrence, another goes on and makes no second job', async () => {
  await begin();
  clock.advance(DAY);
  const { replace } = stores.schedules;
  const dies = async () => {
    throw new TypeError('killed');
  };
  Object.assign(stores.schedules, { replace: dies });
  await expect(startDue(deps)).rejects.toThrow('killed');
  Object.assign(stores.schedules, { replace });
  expect(await startDue(deps)).toBe(0);
  clock.advance(60_000);
  expect(await startDue(deps)).toBe(1);
  expect(await jobs()).toHaveLength(1);
  expect(await dueAt()).toBeGreaterThan(clock.now());
});

test('does once what was missed for days', async () => {
  await begin();
  clock.advance(5 * DAY);
  await startDue(deps);
  expect(await jobs()).toHaveLength(1);
  expect(await dueAt()).toBeGreaterThan(clock.now());
});

test('rests while the customer is removed, and goes on when it is restored', async () => {
  await begin();
  await changeContoso({ status: 'removed' });
  clock.advance(DAY);
  expect(await startDue(deps)).toBe(1);
  expect(await jobs()).toEqual([]);
  await changeContoso({ status: 'active' });
  clock.advance(DAY);
  await startDue(deps);
  expect(await jobs()).toHaveLength(1);
});

test('ends with what it watches: no job, and no schedule', async () => {
  await begin();
  await changeContoso({ office365: { state: 'chosen', since: clock.now() } });
  clock.advance(DAY);
  await startDue(deps);
  expect(await jobs()).toEqual([]);
  expect(await stores.schedules.get(WATCH)).toBeUndefined();
});

test('an integration’s schedule rests while it is paused, and ends when it is removed', async () => {
  const integration = samples.integrations.make(1);
  const inserted = await stores.integrations.insert('hudu', { ...integration, state: 'paused' });
  await beginSchedule({ stores, clock }, organizationRefresh, { id: 'hudu' });
  clock.advance(DAY);
  await startDue(deps);
  expect(await jobs()).toEqual([]);
  await stores.integrations.replace(inserted, { ...integration, state: 'active' });
  clock.advance(DAY);
  await startDue(deps);
  expect(await jobs()).toMatchObject([
    { value: { kind: 'refreshOrganizations', input: { integrationId: 'hudu' } } },
  ]);
  await stores.integrations.remove('hudu');
  clock.advance(DAY);
  await startDue(deps);
  expect(await jobs()).toHaveLength(1);
  expect(await stores.schedules.get('refreshOrganizations:hudu')).toBeUndefined();
});

test('leaves a schedule of an unknown kind to another version, and goes on with the others', async () => {
  await begin();
  const unknown = { ...samples.schedules.make(1), kind: 'later', dueAt: clock.now() };
  await stores.schedules.insert('later:1', unknown);
  clock.advance(DAY);
  expect(await startDue(deps)).toBe(2);
  expect(await jobs()).toHaveLength(1);
  expect((await stores.schedules.get('later:1'))?.value).toEqual(unknown);
});

test('a start makes missing schedules, even after a first pass was cut off; known ones stay', async () => {
  await begin();
  const known = await stores.schedules.get(WATCH);
  clock.advance(HOUR);
  for (const [id, state] of [
    ['removed', 'removed'],
    ['fabrikam', 'active'],
  ] as const)
    await stores.customers.insert(id, {
      ...sampleCustomer(id, { office365: connectedTenant(id), status: state }),
      id,
    });
  await stores.customers.insert('plain', { ...sampleCustomer('plain'), id: 'plain' });
  await stores.integrations.insert('hudu', samples.integrations.make(1));
  const { insert } = stores.schedules;
  let left = 2;
  const diesLater: typeof insert = async (...args) => {
    if (left-- === 0) throw new TypeError('killed');
    return insert.apply(stores.schedules, args);
  };
  Object.assign(stores.schedules, { insert: diesLater });
  await expect(beginMissing(deps)).rejects.toThrow('killed');
  Object.assign(stores.schedules, { insert });
  await beginMissing(deps);
  const { items } = await stores.schedules.list({ limit: 100 });
  expect(items.map(({ id }) => id).sort()).toEqual(
    ['refreshOrganizations:hudu', WATCH, 'watchTenant:fabrikam', 'watchTenant:removed'].sort(),
  );
  expect(await stores.schedules.get(WATCH)).toEqual(known);
});

test('a start brings back a schedule that a clock moved a year too far', async () => {
  await begin();
  clock.advance(365 * DAY);
  await startDue(deps);
  clock.advance(-365 * DAY);
  await beginMissing(deps);
  expect(await dueAt()).toBeLessThanOrEqual(clock.now() + DAY);
});

test('a schedule that fails does not hold up the others; its error is thrown', async () => {
  await begin();
  for (const id of ['adatum', 'fabrikam'])
    await beginSchedule({ stores, clock }, tenantWatch, { id, customerId: id });
  const { get } = stores.customers;
  const customer = await stores.customers.get('contoso');
  const failing: typeof get = async (id) => {
    if (id === 'contoso') throw new TypeError('unreadable');
    return customer && { ...customer, id };
  };
  Object.assign(stores.customers, { get: failing });
  clock.advance(DAY);
  await expect(startDue(deps)).rejects.toThrow('unreadable');
  expect((await jobs()).map(({ value }) => value.customerId).sort()).toEqual(['adatum', 'fabrikam']);
});

test('tests a thousand customers at a thousand moments of the day, each once', async () => {
  for (let n = 0; n < 1000; n++)
    await stores.customers.insert(`c${n}`, {
      ...sampleCustomer(`Customer ${n}`, { office365: connectedTenant(`tenant-${n}`) }),
      id: `c${n}`,
    });
  await beginMissing(deps);
  let most = 0;
  for (let minute = 0; minute < 24 * 60; minute++) {
    clock.advance(60_000);
    most = Math.max(most, await startDue(deps));
  }
  expect(most).toBeLessThanOrEqual(6);
  expect(await stores.jobs.count({ where: { kind: 'watchTenant' } })).toBe(1001);
});

test('at debug the log says which schedule was claimed, of which customer, how late, and what it asks for', async () => {
  const { log, lines } = createLinesLog('debug');
  await begin();
  const first = await dueAt();
  clock.advance(DAY);
  const lateMs = clock.now() - first;
  await startDue({ ...deps, log });
  const claimed = { schedule: WATCH, kind: 'watchTenant', customerId: 'contoso', lateMs, occurrence: 'goes' };
  expect(lines()).toEqual([expect.objectContaining({ ...claimed, msg: 'schedule claimed' })]);
});
