import { applyImport, startApply } from '../../../domain/imports/applyImport';
import { chooseAll, chooseRows } from '../../../domain/imports/choose';
import type { Choice, Group, ImportRow } from '../../../domain/imports/importRun';
import { settleReading } from '../../../domain/imports/reading/settleReading';
import { reviewPage } from '../../../domain/imports/reviewPage';
import { loadIndex } from '../../../domain/imports/runIndex';
import type { Organization } from '../../../domain/organizations/organization';
import {
  customerOf,
  type ImportWorld,
  importWorld,
  organization,
  reviewable,
} from '../../helpers/vendors/importWorld';

let world: ImportWorld;
let runId: string;

async function found(organizations: Organization[]): Promise<void> {
  world.source.organizations = organizations;
  runId = await reviewable(world);
}
const review = (more = {}) => reviewPage(world.deps, world.tess, runId, { page: 0, ...more });
const groups = async () =>
  (await review()).rows.map(({ organization: { id }, group, choice }) => [id, group, choice]);
const choose = (organizationId: string, choice: Choice, page = 1) =>
  chooseRows(world.deps, world.tess, runId, [{ page, organizationId, choice }]);
const chooseAllOf = (group: Group, choice: Choice) =>
  chooseAll(world.deps, world.tess, runId, { filter: { group }, choice });
async function applied() {
  const { plan } = await review();
  await startApply(world.deps, world.tess, { runId, seen: plan, requestId: 'apply' });
  return applyImport(world.deps, world.tess, world.source, runId, async () => undefined);
}
const customers = async () =>
  (await world.stores.customers.list({ limit: 99 })).items.map(({ value }) => value.name).sort();

beforeEach(async () => {
  world = await importWorld();
});

describe('two new organizations that look like one company', () => {
  beforeEach(() =>
    found([
      organization('1', 'Contoso Ltd'),
      organization('2', 'Adatum'),
      organization('3', 'Tailspin'),
      organization('4', 'CONTOSO, Ltd.'),
      organization('5', 'Café Adatum'),
    ]),
  );

  test('are in conflict, also from different pages, and say why', async () => {
    expect(await groups()).toEqual([
      ['1', 'conflict', undefined],
      ['2', 'new', 'create'],
      ['3', 'new', 'create'],
      ['4', 'conflict', undefined],
      ['5', 'new', 'create'],
    ]);
    const [first, last] = (await review({ group: 'conflict' })).rows.map(({ because }) => because);
    expect(first).toBe(
      'Another organization, “CONTOSO, Ltd.” (4), has the same name but for punctuation or spaces.',
    );
    expect(last).toContain('“Contoso Ltd” (1)');
  });

  test('are not created with all the others, nor by a choice for their whole group', async () => {
    await chooseAllOf('new', 'create');
    await chooseAllOf('conflict', 'create');
    expect((await review()).plan).toEqual({ create: 3, link: 0, skip: 0, undecided: 2 });
    await applied();
    expect(await customers()).toEqual(['Adatum', 'Café Adatum', 'Tailspin']);
  });

  test('become one customer or two, as a person decides for each', async () => {
    await choose('1', 'create');
    await choose('4', 'skip', 2);
    expect((await applied()).value.results).toMatchObject({ created: 4, skipped: 1, failed: 0 });
    await found([organization('8', 'Fabrikam AG'), organization('9', 'Fabrikam GmbH')]);
    await choose('8', 'create');
    await choose('9', 'create');
    await applied();
    expect(await customers()).toEqual(
      expect.arrayContaining(['Contoso Ltd', 'Fabrikam AG', 'Fabrikam GmbH']),
    );
    expect(await customers()).not.toContain('CONTOSO, Ltd.');
  });

  test('are found again, only once, when the reading is settled twice', async () => {
    const before = await review();
    const { value, version } = before.run;
    const again = await world.stores.importRuns.replace(
      { id: runId, version, value },
      { ...value, state: 'reading' },
    );
    await settleReading(world.deps, again, await loadIndex(world, { ...again.value, id: runId }));
    expect((await review()).run.value).toMatchObject({ state: 'review', counts: value.counts });
    expect((await review()).rows).toEqual(before.rows);
  });
});

test('writes a page once, and again only when a rival came on a later page', async () => {
  const rewritten = jest.spyOn(world.stores.importPages, 'replace');
  const read = jest.spyOn(world.stores.importPages, 'get');
  await found([
    organization('1', 'Contoso Ltd'),
    organization('2', 'CONTOSO, Ltd.'),
    organization('3', 'Adatum'),
    organization('4', 'Tailspin'),
    organization('5', 'Wingtip'),
    organization('6', 'Northwind'),
    organization('7', 'TAILSPIN'),
  ]);
  expect(rewritten.mock.calls.map(([{ id }]) => id)).toEqual([`${runId}:2`]);
  expect(read.mock.calls.map(([id]) => id)).toEqual([1, 2, 3, 2].map((number) => `${runId}:${number}`));
  const { run } = await review();
  expect(run.value.counts).toMatchObject({ conflict: 4, new: 3 });
});

test('an inactive organization that looks like another says so, blocks nobody and is not created with all', async () => {
  await found([
    organization('1', 'Contoso Ltd'),
    organization('2', 'Contoso Inc', { state: 'archived' }),
    organization('3', 'Fabrikam', { state: 'archived' }),
  ]);
  await chooseAllOf('inactive', 'create');
  expect(await groups()).toEqual([
    ['1', 'new', 'create'],
    ['2', 'inactive', 'skip'],
    ['3', 'inactive', 'create'],
  ]);
  expect((await review({ search: 'Contoso Inc' })).rows[0]?.because).toContain('“Contoso Ltd” (1)');
});

test('settles ten thousand names of which every tenth is written in two ways', async () => {
  world.source.pageSize = 1000;
  await found(
    Array.from({ length: 10_000 }, (_, n) =>
      n % 10 === 9 ? organization(`n${n}`, `COMPANY ${n - 9}, Ltd.`) : organization(`n${n}`, `Company ${n}`),
    ),
  );
  expect((await review()).counts).toMatchObject({ new: 8000, conflict: 2000 });
});

describe('a name that no customer can have', () => {
  const LONG = 'Contoso '.repeat(20);
  const unusable = [
    organization('1', ''),
    organization('2', 'x'),
    organization('3', LONG),
    organization('4', 'evil \u202e name'),
    organization('5', 'a\u0000b'),
    organization('6', '', { state: 'archived' }),
  ];

  test('gets its own group, begins left out, and says what to do about it', async () => {
    await found(unusable);
    const { rows, counts } = await review({ group: 'unusable' });
    expect(rows.map(({ choice, because }) => [choice, because])).toEqual([
      ['skip', 'It has no name. Name it there, then import again.'],
      ['skip', expect.stringContaining('fewer than 2 characters. Name it there')],
      [
        'skip',
        expect.stringMatching(/has 159 characters; .* can have 100\. Rename it there .* “add customer”/),
      ],
      ['skip', expect.stringContaining('text-direction marks. Rename it there')],
      ['skip', expect.stringContaining('control characters')],
      ['skip', expect.stringContaining('It has no name.')],
    ]);
    expect(counts).toMatchObject({ unusable: 6, new: 0, conflict: 0, inactive: 0 });
  });

  test('offers no choice to create a customer, and a forced choice is refused in the import’s own words', async () => {
    await found(unusable);
    await chooseAllOf('unusable', 'create');
    await choose('1', 'create');
    expect((await review()).plan).toMatchObject({ create: 0, skip: 6 });
    const page = await world.stores.importPages.get(`${runId}:1`);
    const forced = (row: ImportRow): ImportRow => ({ ...row, choice: 'create' });
    if (page)
      await world.stores.importPages.replace(page, { ...page.value, rows: page.value.rows.map(forced) });
    await applied();
    const { rows } = await review({ outcome: 'failed' });
    expect(rows.map(({ result, because }) => result?.reason === because)).toEqual([true, true, true]);
    expect(await customers()).toEqual([]);
  });

  test('can still be linked to the customer that it looks like', async () => {
    const name = `Contoso${' .'.repeat(60)}`;
    await world.stores.customers.insert('contoso', customerOf('contoso', 'Contoso'));
    await found([organization('1', name)]);
    await choose('1', 'create');
    expect(await groups()).toEqual([['1', 'likely', undefined]]);
    await choose('1', 'link');
    expect((await applied()).value.results).toMatchObject({ linked: 1 });
  });
});
