import { cancelImport } from '../../../domain/imports/changeRun';
import type { ImportRow } from '../../../domain/imports/importRun';
import { readNextPage } from '../../../domain/imports/reading/readNextPage';
import { reviewPage } from '../../../domain/imports/reviewPage';
import { loadIndex } from '../../../domain/imports/runIndex';
import { startImport } from '../../../domain/imports/startImport';
import { SourceRefused } from '../../../domain/organizations/ports';
import { actor } from '../../helpers/cloud/signInWorld';
import {
  customerOf,
  Died,
  type ImportWorld,
  importWorld,
  mortal,
  organization,
  readAll,
  reviewable,
} from '../../helpers/vendors/importWorld';

let world: ImportWorld;
beforeEach(async () => {
  world = await importWorld();
  await world.stores.customers.insert('contoso', customerOf('contoso', 'Contoso Ltd'));
  await world.stores.customers.insert('fabrikam', customerOf('fabrikam', 'Fabrikam'));
  await world.stores.customers.insert('northwind', customerOf('northwind', 'Northwind'));
  world.source.organizations = [
    organization('1', 'CONTOSO, Ltd.'),
    organization('2', 'Adatum'),
    organization('3', 'Old Adatum', { state: 'archived' }),
    organization('4', 'Fabrikam'),
    organization('5', 'fabrikam Inc'),
    organization('6', 'Northwind Traders', { statusName: 'Active', typeName: 'Customer' }),
    organization('7', 'adatum'),
    organization('8', ''),
  ];
  await world.stores.links.insert('hudu:6', {
    customerId: 'northwind',
    integrationId: 'hudu',
    organizationId: '6',
    upstream: { name: 'Northwind Traders', state: 'active', seenAt: 0 },
    linkedAt: 0,
    linkedBy: { id: 'ada', name: 'Ada' },
  });
});

const start = (deps = world.deps, requestId = 'r') =>
  startImport(deps, world.tess, { integrationId: 'hudu', requestId });

async function rowsOf(runId: string): Promise<ImportRow[]> {
  const { items } = await world.stores.importPages.list({
    where: { runId },
    sort: { key: 'number' },
    limit: 99,
  });
  return items.flatMap(({ value }) => value.rows);
}
const groups = async (runId: string) =>
  Object.fromEntries((await rowsOf(runId)).map((row) => [row.organization.id, row.group]));

test('tells new, likely, conflicting, inactive and linked ones apart, and chooses nothing by similarity', async () => {
  const runId = await reviewable(world);
  expect(await groups(runId)).toEqual({
    1: 'likely',
    2: 'conflict',
    3: 'inactive',
    4: 'conflict',
    5: 'conflict',
    6: 'linked',
    7: 'conflict',
    8: 'unusable',
  });
  const rows = await rowsOf(runId);
  expect(rows.filter(({ choice }) => choice).map((row) => [row.organization.id, row.choice])).toEqual([
    ['3', 'skip'],
    ['8', 'skip'],
  ]);
  expect(rows[0]).toMatchObject({ customerId: 'contoso', because: expect.stringContaining('punctuation') });
  expect(rows[3]?.because).toContain(
    'Another organization, “fabrikam Inc” (5), looks like the same customer.',
  );
  const { value } = (await world.stores.importRuns.get(runId)) ?? {};
  expect(value).toMatchObject({
    state: 'review',
    pagesRead: 3,
    counts: { likely: 1, conflict: 4, new: 0, unusable: 1, inactive: 1, linked: 1 },
    statuses: ['Active'],
    types: ['Customer'],
  });
});

test('a customer that has its organization conflicts with another one, and cannot be chosen for it', async () => {
  world.source.organizations = [organization('9', 'Northwind')];
  const runId = await reviewable(world);
  expect((await rowsOf(runId))[0]).toMatchObject({
    group: 'conflict',
    customerName: 'Northwind',
    because: expect.stringContaining('linked to another organization'),
  });
  expect((await rowsOf(runId))[0]?.customerId).toBeUndefined();
});

test('a second technician joins the open import, even in the same moment; another can begin after it', async () => {
  const [mine, theirs] = await Promise.all([
    start(),
    startImport(world.deps, world.tom, { integrationId: 'hudu', requestId: 'tom' }),
  ]);
  expect(theirs.run.id).toBe(mine.run.id);
  expect([mine.joined, theirs.joined].sort()).toEqual([false, true]);
  await cancelImport(world.deps, world.tom, { runId: mine.run.id, requestId: 'c' });
  expect((await start(world.deps, 'again')).joined).toBe(false);
});

test('needs the permission, and a known integration that is not paused', async () => {
  const request = { integrationId: 'hudu', requestId: 'r' };
  await expect(startImport(world.deps, actor('abe', 'approver'), request)).rejects.toMatchObject({
    code: 'notAllowed',
  });
  await expect(startImport(world.deps, world.tess, { ...request, integrationId: 'x' })).rejects.toMatchObject(
    { code: 'notFound' },
  );
  const hudu = await world.stores.integrations.get('hudu');
  if (hudu) await world.stores.integrations.replace(hudu, { ...hudu.value, state: 'paused' });
  await expect(start()).rejects.toMatchObject({ code: 'conflict' });
});

test('another instance goes on after a death at any write, and counts nothing twice', async () => {
  const plain = await reviewable(world);
  const expected = (await world.stores.importRuns.get(plain))?.value;
  const groupsExpected = await groups(plain);
  let died = 0;
  for (let write = 0; ; write++) {
    for (const after of [false, true]) {
      await cancelAll();
      const { run } = await start(world.deps, `run ${write} ${after}`);
      const spoilt = mortal(world, write, after);
      const outcome = await readAll(world, run.id, spoilt).catch((error) => error);
      if (outcome instanceof Died) died++;
      await readAll(world, run.id);
      const { counts, bad, pagesRead, state } = (await world.stores.importRuns.get(run.id))?.value ?? {};
      expect({ counts, bad, pagesRead, state }).toEqual({
        counts: expected?.counts,
        bad: expected?.bad,
        pagesRead: expected?.pagesRead,
        state: 'review',
      });
      expect(await groups(run.id)).toEqual(groupsExpected);
      if (!(outcome instanceof Died)) return expect(died).toBeGreaterThanOrEqual(2 * 7);
    }
  }
});

async function cancelAll(): Promise<void> {
  const { items } = await world.stores.importRuns.list({ limit: 999 });
  for (const { id } of items) await cancelImport(world.deps, world.tess, { runId: id, requestId: `c ${id}` });
}

test('when two instances read one run, one stops and nothing is counted twice', async () => {
  const { run } = await start();
  const index = () => loadIndex(world, { ...run.value, id: run.id });
  const [one, two] = [await index(), await index()];
  const outcomes = await Promise.allSettled([
    readNextPage(world.deps, world.source, one, run.id),
    readNextPage(world.deps, world.source, two, run.id),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await world.stores.importRuns.get(run.id))?.value).toMatchObject({ pagesRead: 1 });
});

test('keeps a repeated id once and reports it when a list changes between pages', async () => {
  world.source.before = () => {
    if (world.source.requests === 2) world.source.organizations.unshift(organization('0', 'Just added'));
  };
  const runId = await reviewable(world);
  const ids = (await rowsOf(runId)).map((row) => row.organization.id);
  expect(new Set(ids).size).toBe(ids.length);
  const { items } = await world.stores.importPages.list({ where: { runId }, limit: 99 });
  expect(items.flatMap(({ value }) => value.bad)).toEqual([
    { id: '3', why: expect.stringContaining('twice') },
  ]);
  expect((await world.stores.importRuns.get(runId))?.value.bad).toBe(1);
});

test.each([
  ['the same token again', (page: object) => ({ ...page, next: '3' })],
  [
    'the same page under new tokens',
    (page: object) => ({ ...page, organizations: [organization('1', 'A')], next: String(Math.random()) }),
  ],
])('refuses a list without an end: %s', async (_, turn) => {
  world.source.turn = turn as typeof world.source.turn;
  const runId = await reviewable(world);
  expect((await world.stores.importRuns.get(runId))?.value).toMatchObject({
    state: 'failed',
    failure: expect.stringMatching(/\w/),
  });
  expect(world.source.requests).toBeLessThan(5);
});

test('a refusal ends the run with its sentence, and the person can try again', async () => {
  world.source.before = () => {
    throw new SourceRefused('badKey');
  };
  const runId = await reviewable(world);
  expect((await world.stores.importRuns.get(runId))?.value).toMatchObject({ state: 'failed' });
  world.source.before = () => undefined;
  await reviewable(world);
});

test('reads no further in a cancelled run', async () => {
  const { run } = await start();
  world.source.before = async () => {
    if (world.source.requests === 2)
      await cancelImport(world.deps, world.tom, { runId: run.id, requestId: 'c' });
  };
  await readAll(world, run.id);
  expect((await world.stores.importRuns.get(run.id))?.value).toMatchObject({
    state: 'cancelled',
    pagesRead: 1,
  });
});

test('a run and its pages are gone after their time', async () => {
  const runId = await reviewable(world);
  world.clock.advance(15 * 24 * 3600_000);
  expect(await world.stores.importPages.count()).toBe(0);
  await expect(reviewPage(world.deps, world.tess, runId, { page: 0 })).rejects.toMatchObject({
    code: 'notFound',
  });
});

test.each([
  [8, undefined],
  [20, 12],
  [3, undefined],
])('of %s organizations that the vendor counts, the list left out %s', async (total, unlisted) => {
  world.source.turn = (page) => ({ ...page, total });
  const { run } = await start();
  await readAll(world, run.id);
  expect((await world.stores.importRuns.get(run.id))?.value.unlisted).toBe(unlisted);
});
