import { goneUpstream } from '../../../domain/imports/goneUpstream';
import type { ImportRow } from '../../../domain/imports/importRun';
import type { Organization } from '../../../domain/organizations/organization';
import type { OrganizationPage } from '../../../domain/organizations/ports';
import { type ImportWorld, importWorld, organization, reviewable } from '../../helpers/vendors/importWorld';

const COUNT = 300;
const HOUR = 3_600_000;
let world: ImportWorld;
let rows: ImportRow[];

beforeEach(async () => {
  world = await importWorld();
  world.source.pageSize = 100;
  world.source.organizations = Array.from({ length: COUNT }, (_, n) => organization(String(n), `N${n}`));
});

/**
 * Chooses everything, lets an hour pass after the list was read, and returns the function that says which are
 * gone, and the ids that it asked for one by one.
 */
async function anHourLater(turn: (page: OrganizationPage) => OrganizationPage, kept: Organization[]) {
  const runId = await reviewable(world);
  const run = await world.stores.importRuns.get(runId);
  if (!run) throw new TypeError('no run');
  const { items } = await world.stores.importPages.list({ where: { runId }, limit: 99 });
  rows = items.flatMap(({ value }) => value.rows);
  world.clock.advance(HOUR);
  world.source.turn = turn;
  const asked: string[] = [];
  const source = {
    page: world.source.page,
    one: async (id: string) => {
      asked.push(id);
      return kept.find((each) => each.id === id);
    },
  };
  const goneOf = await goneUpstream(world.deps, source, run);
  const gone = await goneOf(rows);
  return { gone: rows.filter(({ organization: { id } }) => gone(id)).length, asked };
}

test('asks for each organization that a list leaves out: the list alone proves nothing', async () => {
  const all = world.source.organizations;
  const { gone, asked } = await anHourLater(
    (page) => ({ ...page, organizations: page.organizations.slice(1) }),
    all,
  );
  expect({ gone, asked: asked.length }).toEqual({ gone: 0, asked: 3 });
});

test('an empty or repeated page in between does not end the list', async () => {
  let pages = 0;
  const turn = (page: OrganizationPage) => (++pages === 2 ? { ...page, organizations: [] } : page);
  const { gone, asked } = await anHourLater(turn, world.source.organizations);
  expect({ gone, asked: asked.length }).toEqual({ gone: 0, asked: 100 });
});

test('a row that cannot be read counts as present', async () => {
  const turn = ({ organizations, ...page }: OrganizationPage) => ({
    ...page,
    organizations: [],
    bad: organizations.map(({ id }) => ({ id, why: 'no name' })),
  });
  expect(await anHourLater(turn, [])).toEqual({ gone: 0, asked: [] });
});

test('asks for at most 200 of very many that a list leaves out, and does not call the others gone', async () => {
  const { gone, asked } = await anHourLater((page) => ({ ...page, organizations: [] }), []);
  expect({ gone, asked: asked.length }).toEqual({ gone: 200, asked: 200 });
});
