import { startApply } from '../../../domain/imports/applyImport';
import { chooseRows } from '../../../domain/imports/choose';
import type { Choice } from '../../../domain/imports/importRun';
import { reviewPage } from '../../../domain/imports/reviewPage';
import { importWorld, organization, reviewable } from '../../helpers/vendors/importWorld';

test('two organizations that would become one customer are not applied, until a person chose one of them', async () => {
  const world = await importWorld();
  world.source.organizations = [
    organization('1', 'Adatum'),
    organization('2', 'ADATUM'),
    organization('3', 'Adatum Inc'),
  ];
  const runId = await reviewable(world);
  const choose = (organizationId: string, choice: Choice) =>
    chooseRows(world.deps, world.tess, runId, [{ page: 1, organizationId, choice }]);
  const apply = async () => {
    const { plan } = await reviewPage(world.deps, world.tess, runId, { page: 0 });
    return startApply(world.deps, world.tess, { runId, seen: plan, requestId: 'apply' });
  };
  for (const id of ['1', '2', '3']) await choose(id, 'create');
  await expect(apply()).rejects.toMatchObject({
    code: 'conflict',
    sentence: expect.stringContaining('ADATUM'),
  });
  expect((await world.stores.importRuns.get(runId))?.value.state).toBe('review');
  await choose('2', 'skip');
  expect((await apply()).value.state).toBe('applying');
});
