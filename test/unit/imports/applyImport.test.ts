import { applyImport, startApply } from '../../../domain/imports/applyImport';
import { cancelImport } from '../../../domain/imports/changeRun';
import { chooseAll, chooseRows } from '../../../domain/imports/choose';
import type { Choice } from '../../../domain/imports/importRun';
import { reviewPage } from '../../../domain/imports/reviewPage';
import {
  customerOf,
  Died,
  type ImportWorld,
  importWorld,
  mortal,
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

async function begin(requestId = 'apply') {
  const { plan } = await review();
  return startApply(world.deps, world.tess, { runId, seen: plan, requestId });
}
const apply = (deps = world.deps) =>
  applyImport(deps, world.tess, world.source, runId, async () => undefined);
const outcomes = async () => {
  const { items } = await world.stores.importPages.list({
    where: { runId },
    sort: { key: 'number' },
    limit: 99,
  });
  return Object.fromEntries(
    items.flatMap(({ value }) => value.rows).map(({ organization: { id }, result }) => [id, result?.outcome]),
  );
};

describe('applying', () => {
  test('takes over a link through an integration that was removed', async () => {
    const dead = { customerId: 'contoso', integrationId: 'removed', organizationId: '1' };
    const upstream = { name: 'Contoso', state: 'active', seenAt: 0 } as const;
    const linkedBy = { id: 'ada', name: 'Ada' };
    await world.stores.links.insert('removed:1', { ...dead, upstream, linkedAt: 0, linkedBy });
    await choose('1', 'link');
    await begin();
    await apply();
    const { items } = await world.stores.links.list({ where: { customerId: 'contoso' }, limit: 9 });
    expect(items.map(({ id }) => id)).toEqual(['hudu:1']);
  });

  test('creates, links and skips, each with its reason', async () => {
    await choose('1', 'link');
    await begin();
    const run = await apply();
    expect(run.value).toMatchObject({
      state: 'done',
      results: { created: 2, linked: 1, skipped: 4, failed: 0 },
    });
    expect(await outcomes()).toEqual({
      1: 'linked',
      2: 'created',
      3: 'skipped',
      4: 'skipped',
      5: 'skipped',
      6: 'created',
      7: 'skipped',
    });
    const reasons = (await review({ outcome: 'skipped' })).rows.map((row) => row.result?.reason);
    expect(reasons).toEqual([
      'It was skipped.',
      expect.stringContaining('It has no name. Name it there'),
      expect.stringContaining('Its name has 250 characters; a customer’s can have 100. Rename it there'),
      expect.stringContaining('text-direction'),
    ]);
    expect((await world.stores.links.get('hudu:1'))?.value).toMatchObject({
      customerId: 'contoso',
      upstream: { name: 'CONTOSO, Ltd.', url: 'https://docs.example.com/1' },
      linkedBy: { id: 'tess' },
    });
  });

  test('another instance goes on after a death at any write, and makes nothing twice', async () => {
    for (let write = 0; ; write++)
      for (const after of [false, true]) {
        world = await importWorld();
        await world.stores.customers.insert('contoso', customerOf('contoso', 'Contoso Ltd'));
        world.source.organizations = [
          organization('1', 'CONTOSO, Ltd.'),
          organization('2', 'Adatum'),
          organization('3', 'Tailspin'),
          organization('4', ''),
        ];
        runId = await reviewable(world);
        await choose('1', 'link');
        await begin();
        const outcome = await apply(mortal(world, write, after)).catch((error) => error);
        const { value } = await apply();
        expect(value).toMatchObject({
          state: 'done',
          results: { created: 2, linked: 1, skipped: 1, failed: 0 },
        });
        expect(await world.stores.customers.count()).toBe(3);
        expect(await world.stores.links.count()).toBe(3);
        if (!(outcome instanceof Died)) return expect(write).toBeGreaterThan(10);
      }
  });

  test('two instances at once make nothing twice', async () => {
    await choose('1', 'link');
    await begin();
    await Promise.all([apply(), apply()]);
    expect(await world.stores.customers.count()).toBe(3);
    expect((await world.stores.importRuns.get(runId))?.value.results).toEqual({
      created: 2,
      linked: 1,
      skipped: 4,
      failed: 0,
    });
  });

  test('a second click and a second run create nothing', async () => {
    await begin();
    await apply();
    expect((await begin('again')).value.state).toBe('done');
    await apply();
    runId = await reviewable(world);
    expect((await review()).counts).toMatchObject({ linked: 2 });
    await begin('third');
    await apply();
    expect(await world.stores.customers.count()).toBe(3);
  });

  test('does what the person confirmed: refuses when the choices changed since', async () => {
    const { plan } = await review();
    await choose('2', 'skip', world.tom);
    await expect(
      startApply(world.deps, world.tess, { runId, seen: plan, requestId: 'r' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await world.stores.importRuns.get(runId))?.value.state).toBe('review');
  });

  test('takes no choices once it applies them', async () => {
    await begin();
    await expect(choose('2', 'skip', world.tom)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('copes with an organization that vanished or was linked meanwhile, and a customer that was taken or removed', async () => {
    world.source.organizations = ['a', 'b', 'c', 'd', 'e'].map((id) => organization(id, `Company ${id}`));
    for (const id of ['c', 'd', 'e'])
      await world.stores.customers.insert(id, customerOf(id, `Company ${id}`));
    await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
    runId = await reviewable(world);
    await chooseAll(world.deps, world.tess, runId, { filter: { group: 'likely' }, choice: 'link' });
    world.source.organizations = world.source.organizations.filter(({ id }) => id !== 'a');
    const link = (organizationId: string, customerId: string) =>
      world.stores.links.insert(`hudu:${organizationId}`, {
        customerId,
        integrationId: 'hudu',
        organizationId,
        upstream: { name: 'x', state: 'active', seenAt: 0 },
        linkedAt: 0,
        linkedBy: { id: 'tom', name: 'tom' },
      });
    await link('b', 'contoso');
    await link('elsewhere', 'c');
    const removed = await world.stores.customers.get('d');
    if (removed) await world.stores.customers.replace(removed, { ...removed.value, status: 'removed' });
    await begin();
    await apply();
    const rows = (await review()).rows.map(({ organization: { id }, result }) => [
      id,
      result?.outcome,
      result?.reason,
    ]);
    expect(rows).toEqual([
      ['a', 'failed', expect.stringContaining('no longer in Hudu')],
      ['b', 'skipped', expect.stringContaining('linked to Contoso Ltd meanwhile')],
      ['c', 'failed', expect.stringContaining('is linked to “x” of this integration already')],
      ['d', 'failed', expect.stringContaining('no longer a customer')],
      ['e', 'linked', undefined],
    ]);
  });

  test('of many organizations, reads the list again only when it has aged', async () => {
    world.source.organizations = Array.from({ length: 60 }, (_, n) => organization(`n${n}`, `Company ${n}`));
    await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
    runId = await reviewable(world);
    await begin();
    world.source.organizations = world.source.organizations.slice(1);
    world.clock.advance(11 * 60_000);
    expect((await apply()).value.results).toMatchObject({ created: 59, failed: 1 });
  });

  test('does not link a customer that an earlier import made and somebody removed', async () => {
    await begin();
    await apply();
    const adatum = await world.stores.customers.find('nameKey', 'adatum');
    if (adatum) await world.stores.customers.replace(adatum, { ...adatum.value, status: 'removed' });
    await world.stores.links.remove('hudu:2');
    runId = await reviewable(world);
    await begin('again');
    await apply();
    expect((await review({ search: 'adatum' })).rows[0]?.result).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('removed from Keyturn'),
    });
  });

  test('keeps and counts what it made when it is cancelled in the middle', async () => {
    world.source.organizations = Array.from({ length: 60 }, (_, n) => organization(`n${n}`, `Company ${n}`));
    await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
    runId = await reviewable(world);
    await begin();
    const run = await applyImport(world.deps, world.tess, world.source, runId, async () => {
      await cancelImport(world.deps, world.tom, { runId, requestId: 'stop' });
    });
    expect(run.value).toMatchObject({ state: 'cancelled', results: { created: 3 } });
  });
});
