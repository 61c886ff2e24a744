import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOrganizationSources } from '../../../../connectors/organizationSources';
import { applyImport, startApply } from '../../../../domain/imports/applyImport';
import { cancelImport } from '../../../../domain/imports/changeRun';
import { readNextPage } from '../../../../domain/imports/reading/readNextPage';
import { reviewPage } from '../../../../domain/imports/reviewPage';
import { loadIndex } from '../../../../domain/imports/runIndex';
import { startImport } from '../../../../domain/imports/startImport';
import type { Integration } from '../../../../domain/integrations/integration';
import type { OrganizationSource } from '../../../../domain/organizations/ports';
import { HUDU_ACCOUNTS, IT_GLUE_ACCOUNTS } from '../../../../sandbox/demoAccounts';
import { type HuduSandbox, startHuduSandbox } from '../../../../sandbox/hudu/startHuduSandbox';
import { type ItGlueSandbox, startItGlueSandbox } from '../../../../sandbox/itglue/startItGlueSandbox';
import type { OrganizationControl } from '../../../../sandbox/organizations/control';
import { makeOrganizations } from '../../../../sandbox/organizations/makeOrganizations';
import { type ImportWorld, importWorld, integrationOf } from '../../../helpers/vendors/importWorld';

const tls = (name: string) => readFileSync(join(process.env.KEYTURN_TEST_TLS_DIR ?? '', name), 'utf8');
const many = () => makeOrganizations({ count: 10_000 });
const VENDORS = ['itglue', 'hudu'] as const;

let itGlue: ItGlueSandbox;
let hudu: HuduSandbox;
beforeAll(async () => {
  const certificate = { key: tls('key.pem'), cert: tls('cert.pem') };
  itGlue = await startItGlueSandbox({ certificate, accounts: IT_GLUE_ACCOUNTS, organizations: many() });
  hudu = await startHuduSandbox({ certificate, accounts: HUDU_ACCOUNTS, organizations: many() });
});
afterAll(() => Promise.all([itGlue.stop(), hudu.stop()]));

function vendor(kind: Integration['kind'], world: ImportWorld): [OrganizationSource, OrganizationControl] {
  const sources = createOrganizationSources({
    clock: world.clock,
    itGlueUrls: itGlue.urls,
    allowPrivate: true,
  });
  return kind === 'itglue'
    ? [sources.of({ kind, address: 'eu' }, 'demo-itglue-key'), itGlue.control]
    : [sources.of({ kind, address: hudu.host }, 'demo-hudu-key'), hudu.control];
}

async function read(world: ImportWorld, source: OrganizationSource, requestId: string): Promise<string> {
  const { run } = await startImport(world.deps, world.tess, { integrationId: 'vendor', requestId });
  const index = await loadIndex(world, { ...run.value, id: run.id });
  for (let at = run; at.value.state === 'reading'; )
    at = await readNextPage(world.deps, source, index, run.id);
  return run.id;
}

test.each(VENDORS)(
  '%s: reads ten thousand in as few requests as there are pages, and loses none',
  async (kind) => {
    const world = await importWorld();
    await world.stores.integrations.insert('vendor', integrationOf(kind));
    const [source, control] = vendor(kind, world);
    control.clearRequests();
    const runId = await read(world, source, 'first');
    const requests = control.requests().length;
    const run = (await world.stores.importRuns.get(runId))?.value;
    expect(run).toMatchObject({ state: 'review', bad: 0 });
    expect(Object.values(run?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(
      control.organizations().filter(({ archived }) => kind === 'itglue' || !archived).length,
    );
    expect(requests).toBe(run?.pagesRead);
    expect(requests).toBeLessThanOrEqual(11);
    expect(run?.counts.conflict).toBeGreaterThan(0);
    if (kind === 'itglue') expect(run?.counts.inactive).toBeGreaterThan(0);
  },
);

test.each(VENDORS)(
  '%s: copes with a list that changes between pages, and one that vanishes before it is applied',
  async (kind) => {
    const world = await importWorld();
    await world.stores.integrations.insert('vendor', integrationOf(kind));
    const [source, control] = vendor(kind, world);
    control.afterPage(2, () => control.insert({ name: 'Just added' }, 0));
    const runId = await read(world, source, 'changing');
    const { plan } = await reviewPage(world.deps, world.tess, runId, { page: 0 });
    expect((await world.stores.importRuns.get(runId))?.value).toMatchObject({
      state: 'review',
      // The bot asks IT Glue in the order of ids: there nothing moves to the next page.
      bad: kind === 'hudu' ? 1 : 0,
    });
    world.clock.advance(11 * 60_000);
    const page = await reviewPage(world.deps, world.tess, runId, { page: 0, group: 'new' });
    const vanished = page.rows[0]?.organization.id ?? '';
    control.remove(vanished);
    await startApply(world.deps, world.tess, { runId, seen: plan, requestId: 'apply' });
    let batches = 0;
    await applyImport(world.deps, world.tess, source, runId, async () => {
      if (++batches === 2) await cancelImport(world.deps, world.tess, { runId, requestId: 'enough' });
    });
    const { rows } = await reviewPage(world.deps, world.tess, runId, { page: 0, outcome: 'failed' });
    expect(rows.map(({ organization: { id }, result }) => [id, result?.reason])).toContainEqual([
      vanished,
      expect.stringContaining('no longer in'),
    ]);
  },
);
