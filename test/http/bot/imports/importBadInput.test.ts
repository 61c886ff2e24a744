import { generate } from 'selfsigned';
import { createOrganizationSources } from '../../../../connectors/organizationSources';
import { applyImport, startApply } from '../../../../domain/imports/applyImport';
import { chooseAll, chooseRows } from '../../../../domain/imports/choose';
import { readNextPage } from '../../../../domain/imports/reading/readNextPage';
import { reviewPage } from '../../../../domain/imports/reviewPage';
import { loadIndex } from '../../../../domain/imports/runIndex';
import { startImport } from '../../../../domain/imports/startImport';
import type { IntegrationKind } from '../../../../domain/integrations/integration';
import { parseHuduHost } from '../../../../domain/integrations/parseAddress';
import { testKey } from '../../../../domain/integrations/testKey';
import { HUDU_ACCOUNTS, IT_GLUE_ACCOUNTS } from '../../../../sandbox/demoAccounts';
import { startHuduSandbox } from '../../../../sandbox/hudu/startHuduSandbox';
import { startItGlueSandbox } from '../../../../sandbox/itglue/startItGlueSandbox';
import type { OrganizationControl } from '../../../../sandbox/organizations/control';
import { makeOrganizations } from '../../../../sandbox/organizations/makeOrganizations';
import { type ImportWorld, importWorld, integrationOf } from '../../../helpers/vendors/importWorld';
import { trustedTls } from '../../../helpers/vendors/vendorServer';

const COUNT = 2_500;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Case {
  /** Picks one of the demo's keys; by default the one with all rights. */
  key?: (kind: IntegrationKind) => string;
  address?: string;
  allowPrivate?: boolean;
  play?: (control: OrganizationControl) => void;
  sentence: string;
}

const keyOf = (kind: IntegrationKind, more = '') => `demo-${kind}-key${more}`;

const CASES: Record<string, Case> = {
  'a wrong key': { key: () => 'somebody-elses-key', sentence: 'The API key is not accepted.' },
  'a revoked key': { key: (kind) => keyOf(kind, '-revoked'), sentence: 'The API key is not accepted.' },
  'a key without rights': {
    key: (kind) => keyOf(kind, '-without-rights'),
    sentence: 'it may not read organizations.',
  },
  'HTML instead of JSON': {
    play: (control) => control.failNext({ kind: 'html' }),
    sentence: 'answered with a web page instead of data (status 200): a firewall, a proxy or a sign-in page',
  },
  'truncated JSON': {
    play: (control) => control.failNext({ kind: 'truncated' }),
    sentence: 'broke off in the middle. Try again',
  },
  'an answer far too large': {
    play: (control) => control.failNext({ kind: 'huge' }),
    sentence: 'far larger than the vendor’s API sends',
  },
  'a list that repeats': {
    play: (control) => control.pageEndlessly('repeats'),
    sentence: 'does not end. Nothing was taken from it.',
  },
  'a redirect away from https': {
    play: (control) => control.failNext({ kind: 'redirect', to: 'http://127.0.0.1/' }),
    sentence: 'leads away from https',
  },
};

describe.each(['itglue', 'hudu'] as const)('importing from %s', (kind) => {
  let world: ImportWorld;
  let control: OrganizationControl;
  let address: string;
  let itGlueUrl: string;
  let stop: () => Promise<void>;

  const begin = async (certificate: { key: string; cert: string } = trustedTls()) => {
    const organizations = makeOrganizations({ count: COUNT });
    const itGlue = await startItGlueSandbox({ certificate, accounts: IT_GLUE_ACCOUNTS, organizations });
    const hudu = await startHuduSandbox({ certificate, accounts: HUDU_ACCOUNTS, organizations });
    ({ control } = kind === 'itglue' ? itGlue : hudu);
    address = kind === 'itglue' ? 'eu' : hudu.host;
    itGlueUrl = itGlue.urls.eu;
    stop = async () => void (await Promise.all([itGlue.stop(), hudu.stop()]));
  };
  beforeEach(async () => {
    world = await importWorld();
    await world.stores.integrations.insert('vendor', integrationOf(kind));
  });
  afterEach(() => stop());

  const sourceOf = ({ key = keyOf, allowPrivate = true, ...given }: Partial<Case> = {}) =>
    createOrganizationSources({
      clock: world.clock,
      allowPrivate,
      itGlueUrls: { us: itGlueUrl, eu: itGlueUrl, au: itGlueUrl },
      timing: { sleep: async () => undefined, random: () => 0 },
    }).of({ kind, address: given.address ?? address }, key(kind));

  async function imported(source: ReturnType<typeof sourceOf>, requestId: string) {
    return (await importedRun(source, requestId)).value;
  }
  async function importedRun(source: ReturnType<typeof sourceOf>, requestId: string) {
    const { run } = await startImport(world.deps, world.tess, { integrationId: 'vendor', requestId });
    const index = await loadIndex(world, { ...run.value, id: run.id });
    let at = run;
    while (at.value.state === 'reading') at = await readNextPage(world.deps, source, index, run.id);
    return at;
  }

  test.each(Object.entries(CASES))(
    '%s: says so, changes nothing, and lets the person try again',
    async (_, given) => {
      await begin();
      given.play?.(control);
      const refused = await imported(sourceOf(given), 'first');
      expect(refused).toMatchObject({ state: 'failed', failure: expect.stringContaining(given.sentence) });
      expect(await world.stores.customers.count()).toBe(0);
      expect(await world.stores.links.count()).toBe(0);
      control.clearFaults();
      control.pageEndlessly();
      expect(await imported(sourceOf(), 'again')).toMatchObject({ state: 'review', bad: 0 });
    },
  );

  test('says so for an untrusted certificate and a forbidden address', async () => {
    const own = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    await begin({ key: own.private, cert: own.cert });
    const refused = await imported(sourceOf(), 'untrusted');
    expect(refused.failure).toContain('certificate is not trusted');
    expect(await world.stores.customers.count()).toBe(0);
    if (kind === 'itglue') {
      const inside = await imported(sourceOf({ allowPrivate: false }), 'inside');
      expect(inside.failure).toContain('an address of this machine or of a private network');
    }
    expect(control.requests()).toEqual([]);
    await stop();
    await begin();
    expect(await imported(sourceOf(), 'renewed')).toMatchObject({ state: 'review', bad: 0 });
  });

  test('says that an organization vanished before it was applied, and makes nothing of it', async () => {
    await begin();
    const source = sourceOf();
    const { id: runId } = await importedRun(source, 'first');
    await chooseAll(world.deps, world.tess, runId, { filter: {}, choice: 'skip' });
    const fresh = await reviewPage(world.deps, world.tess, runId, { page: 0, group: 'new' });
    const [kept, lost] = fresh.rows.filter(({ because }) => !because).map(({ organization }) => organization);
    for (const { id: organizationId = '' } of [{ ...kept }, { ...lost }])
      await chooseRows(world.deps, world.tess, runId, [{ page: 1, organizationId, choice: 'create' }]);
    control.remove(lost?.id ?? '');
    const seen = { create: 2, link: 0 };
    await startApply(world.deps, world.tess, { runId, seen, requestId: 'apply' });
    const { value } = await applyImport(world.deps, world.tess, source, runId, async () => undefined);
    expect(value).toMatchObject({ state: 'done', results: { created: 1, failed: 1 } });
    const failed = await reviewPage(world.deps, world.tess, runId, { page: 0, outcome: 'failed' });
    expect(failed.rows.map(({ organization, result }) => [organization.id, result?.reason])).toEqual([
      [lost?.id, expect.stringContaining('Nothing was created.')],
    ]);
    expect([await world.stores.customers.count(), await world.stores.links.count()]).toEqual([1, 1]);
    expect(await imported(source, 'again')).toMatchObject({ state: 'review', counts: { linked: 1 } });
  });

  test('keeps an id that comes on two pages once, and reports it', async () => {
    await begin();
    const [first] = control.organizations();
    control.duplicate(String(first?.id), 1_500);
    const { state, bad, counts } = await imported(sourceOf(), 'twice');
    const visible = new Set(control.organizations().filter((one) => kind === 'itglue' || !one.archived));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(visible.size);
    expect({ state, bad }).toEqual({ state: 'review', bad: 1 });
  });

  test.each([
    [
      { kind: 'throttled', retryAfterSeconds: 90 },
      { refusal: 'throttled', detail: '90' },
    ],
    [{ kind: 'truncated' }, { refusal: 'brokenOff' }],
  ] as const)('what passes is no failure: after %j the run goes on from its page', async (fault, refusal) => {
    await begin();
    control.failNext(fault, { path: kind === 'itglue' ? '=2' : 'page=2' });
    await expect(imported(sourceOf(), 'busy')).rejects.toMatchObject(refusal);
    expect(await imported(sourceOf(), 'joined')).toMatchObject({ state: 'review', pagesRead: 3, bad: 0 });
  });

  test('says the same when it tests a key before saving it', async () => {
    await begin();
    const said = async (apiKey: string) =>
      testKey({ sources: { of: () => sourceOf({ key: () => apiKey }) }, log }, { kind, address }, apiKey);
    expect(await said(keyOf(kind))).toMatchObject({ ok: true });
    expect((await said('somebody-elses-key')).sentence).toContain('The API key is not accepted');
    expect((await said(keyOf(kind, '-without-rights'))).sentence).toContain('may not read organizations');
  });

  test('finds a name in any mix of capital letters', async () => {
    await begin();
    if ('speak' in control)
      (control.speak as (speech: object) => void)(kind === 'itglue' ? { matchesCase: true } : {});
    const found = await sourceOf().search('nORTHWIND traders', 3);
    expect(found.map(({ name }) => name)).toContain('Northwind Traders');
  });
});

test('each trouble has its own sentence', () => {
  const { 'a wrong key': wrong, 'a revoked key': revoked, ...others } = CASES;
  expect(revoked?.sentence).toBe(wrong?.sentence);
  const sentences = [wrong, ...Object.values(others)].map((one) => one?.sentence);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test.each([
  ['docs.example.com:8080', 'a port behind it: docs.example.com'],
  ['https://admin@docs.example.com/a', 'without a name before it'],
])('says what to type instead of the host %s', (typed, sentence) => {
  expect(() => parseHuduHost(typed)).toThrow(sentence);
});
