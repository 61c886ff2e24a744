import { cancelImport } from '../../../domain/imports/changeRun';
import { chooseAll, choosePage, chooseRows } from '../../../domain/imports/choose';
import type { Choice } from '../../../domain/imports/importRun';
import { reviewPage } from '../../../domain/imports/reviewPage';
import { actor } from '../../helpers/cloud/signInWorld';
import {
  customerOf,
  type ImportWorld,
  importWorld,
  organization,
  reviewable,
} from '../../helpers/vendors/importWorld';

let world: ImportWorld;
let runId: string;
beforeEach(async () => {
  world = await importWorld();
  await world.stores.customers.insert('contoso', customerOf('contoso', 'Contoso Ltd'));
  world.source.organizations = [
    organization('1', 'CONTOSO, Ltd.'),
    organization('2', 'Adatum'),
    organization('3', 'Old Wingtip', { state: 'inactive', statusName: 'Inactive' }),
    organization('4', ''),
    organization('5', 'x'.repeat(250)),
    organization('6', 'Tailspin'),
    organization('7', 'evil \u202e name'),
  ];
  runId = await reviewable(world);
});

const review = (more = {}, who = world.tess) => reviewPage(world.deps, who, runId, { page: 0, ...more });
const choose = (organizationId: string, choice: Choice, who = world.tess, page = 1) =>
  chooseRows(world.deps, who, runId, [{ page, organizationId, choice }]);
const choiceOf = async (id: string) => (await review({ search: id })).rows[0]?.choice;

describe('the review', () => {
  test('pages, searches a name in any spelling, filters, and counts what applying would do', async () => {
    world.source.organizations = Array.from({ length: 20 }, (_, n) => organization(`n${n}`, `Company ${n}`));
    await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
    runId = await reviewable(world);
    const second = await review({ page: 1 });
    expect(second.rows.map((row) => row.organization.id)).toEqual(['n6', 'n7', 'n8', 'n9', 'n10', 'n11']);
    expect(second).toMatchObject({ total: 20, plan: { create: 20, link: 0, skip: 0, undecided: 0 } });
    expect((await review({ page: 99 })).page).toBe(3);
    expect((await review({ search: 'COMPANY  7' })).rows.map((row) => row.organization.id)).toEqual(['n7']);
    expect((await review({ search: 'cömpany 7' })).total).toBe(1);
    expect(await review({ group: 'linked' })).toMatchObject({ total: 0, page: 0 });
  });

  test('filters by status', async () => {
    expect((await review({ statusName: 'Inactive' })).rows.map((row) => row.organization.id)).toEqual(['3']);
  });

  test('keeps a choice, and the next person sees it', async () => {
    await choose('1', 'link');
    expect((await review({ group: 'likely' }, world.tom)).rows[0]).toMatchObject({ choice: 'link', page: 1 });
  });

  test('two people who choose at once lose nothing', async () => {
    await Promise.all([choose('1', 'link'), choose('2', 'skip', world.tom)]);
    expect([await choiceOf('1'), await choiceOf('2')]).toEqual(['link', 'skip']);
  });

  test('chooses all of a search, none of a group, and never what a row does not offer', async () => {
    await chooseAll(world.deps, world.tess, runId, { filter: { group: 'new' }, choice: 'skip' });
    expect((await review()).plan).toMatchObject({ create: 0 });
    await chooseAll(world.deps, world.tess, runId, { filter: { search: 'adat' }, choice: 'create' });
    await chooseAll(world.deps, world.tess, runId, { filter: {}, choice: 'link' });
    expect((await review()).plan).toEqual({ create: 1, link: 1, skip: 5, undecided: 0 });
  });

  test('does not create an inactive organization that looks like a customer with all the others', async () => {
    await world.stores.customers.insert('wingtip', customerOf('wingtip', 'Old Wingtip'));
    await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
    runId = await reviewable(world);
    await chooseAll(world.deps, world.tess, runId, { filter: { group: 'inactive' }, choice: 'create' });
    expect(await choiceOf('3')).toBe('skip');
  });

  test('a whole page of conflicts is never created or linked, and no row is that would fail', async () => {
    world.source.organizations = [
      organization('1', 'Contoso Ltd'),
      organization('2', 'Adatum'),
      organization('3', 'ADATUM'),
    ];
    await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
    runId = await reviewable(world);
    const conflicts = { filter: { group: 'conflict' as const }, page: 0 };
    const page = (choice: Choice, of: typeof conflicts | { filter: object; page: number } = conflicts) =>
      choosePage(world.deps, world.tess, runId, { ...of, choice });
    for (const choice of ['create', 'link'] as const)
      await expect(page(choice)).rejects.toMatchObject({ code: 'conflict' });
    await page('create', { filter: {}, page: 0 });
    expect(await Promise.all(['1', '2', '3'].map(choiceOf))).toEqual([undefined, undefined, undefined]);
    await page('skip');
    expect(await Promise.all(['2', '3'].map(choiceOf))).toEqual(['skip', 'skip']);
  });

  test('refuses made-up rows, and people without the permission', async () => {
    await choose('nobody', 'create');
    await choose('1', 'link', world.tess, 77);
    await expect(choose('1', 'link', actor('abe', 'approver'))).rejects.toMatchObject({ code: 'notAllowed' });
    await expect(review({}, actor('abe', 'approver'))).rejects.toMatchObject({ code: 'notAllowed' });
    expect(await choiceOf('1')).toBeUndefined();
  });
});
