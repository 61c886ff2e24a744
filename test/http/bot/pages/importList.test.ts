import { createImportListPage } from '../../../../api/importList';
import { linkUrl } from '../../../../api/page';
import { applyImport, startApply } from '../../../../domain/imports/applyImport';
import { cancelImport } from '../../../../domain/imports/changeRun';
import { chooseRows } from '../../../../domain/imports/choose';
import { importListLink } from '../../../../domain/imports/importListLink';
import { reviewPage } from '../../../../domain/imports/reviewPage';
import { issueLink } from '../../../../domain/links/issueLink';
import { hashOf } from '../../../../domain/links/oneTime';
import type { Organization } from '../../../../domain/organizations/organization';
import { startEdge } from '../../../helpers/bot/edgeServer';
import { type LocalIssuer, startLocalIssuer } from '../../../helpers/bot/localIssuer';
import { actor } from '../../../helpers/cloud/signInWorld';
import { parseCsv } from '../../../helpers/process/csv';
import {
  customerOf,
  type ImportWorld,
  importWorld,
  organization,
  reviewable,
} from '../../../helpers/vendors/importWorld';

const MINUTE = 60_000;
let issuer: LocalIssuer;
let world: ImportWorld;
let edge: Awaited<ReturnType<typeof startEdge>>;
let runId: string;
beforeAll(async () => {
  issuer = await startLocalIssuer();
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  world = await importWorld();
  const addedBy = { id: 'ada', name: 'Ada' };
  const tess = { objectId: 'tess', name: 'tess', roles: ['technician' as const], addedBy, addedAt: 0 };
  await world.stores.people.insert('tess', tess);
  const { endpoints } = createImportListPage({
    ...world.deps,
    firstAdmins: [],
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  edge = await startEdge(issuer, async () => undefined, { endpoints });
});
afterEach(() => edge.server.stop());

async function found(organizations: Organization[]): Promise<void> {
  world.source.organizations = organizations;
  runId = await reviewable(world);
}
const choose = (organizationId: string, choice: 'link' | 'skip') =>
  chooseRows(world.deps, world.tess, runId, [{ page: 1, organizationId, choice }]);
async function applied(onBatch = async () => undefined): Promise<void> {
  const { plan } = await reviewPage(world.deps, world.tess, runId, { page: 0 });
  await startApply(world.deps, world.tess, { runId, seen: plan, requestId: 'apply' });
  await applyImport(world.deps, world.tess, world.source, runId, onBatch);
}
const handleOf = async () => (await issueLink(world.deps, importListLink, world.tess, { runId })).handle;
const open = (handle: string) => fetch(linkUrl(edge.url, importListLink, handle));
/** Reads the bytes: `text()` would drop the byte order mark. */
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer()).toString('utf8');
async function rowsOf(answer: Response): Promise<string[][]> {
  const text = await bytesOf(answer);
  expect(text.startsWith('\ufeff')).toBe(true);
  return parseCsv(text.slice(1));
}

async function small(): Promise<void> {
  await world.stores.customers.insert('contoso', customerOf('contoso', 'Contoso Ltd'));
  world.source.pageSize = 50;
  await found([
    organization('1', 'CONTOSO, Limited'),
    organization('2', '=SUM(A1:A2) "Books", Ltd'),
    organization('3', ''),
    organization('4', 'Adatum'),
    organization('5', 'Tailspin שלום 🚀'),
  ]);
  await choose('1', 'link');
  await choose('4', 'skip');
  world.source.organizations = world.source.organizations.filter(({ id }) => id !== '5');
  await applied();
}

test('gives a file of what became of every organization, as often as the person opens the link', async () => {
  await small();
  const handle = await handleOf();
  const answer = await open(handle);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="keyturn-import-2026-11-23.csv"',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.stringContaining('max-age'),
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  const rows = await rowsOf(answer);
  expect(rows).toEqual([
    ['Organization', 'Upstream id', 'Outcome', 'Reason', 'Customer'],
    ['CONTOSO, Limited', '1', 'linked', '', 'Contoso Ltd'],
    [`'=SUM(A1:A2) "Books", Ltd`, '2', 'created', '', `'=SUM(A1:A2) "Books", Ltd`],
    ['', '3', 'skipped', expect.stringContaining('It has no name.'), ''],
    ['Adatum', '4', 'skipped', 'It was skipped.', ''],
    ['Tailspin שלום 🚀', '5', 'failed', expect.stringContaining('no longer in'), ''],
  ]);
  world.clock.advance(9 * MINUTE);
  expect(await rowsOf(await open(handle))).toEqual(rows);
  for (const secret of [handle, hashOf(handle)]) expect(edge.text()).not.toContain(secret);
});

test('says of each organization whether it was linked before, not read, or not reached any more', async () => {
  await small();
  world.source.turn = (page) => ({ ...page, bad: [{ id: '9', why: 'It is no organization.' }] });
  await found([organization('1', 'CONTOSO, Limited'), organization('6', 'Wingtip')]);
  await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
  expect((await rowsOf(await open(await handleOf()))).slice(1)).toEqual([
    ['CONTOSO, Limited', '1', 'linked before', 'It was linked already.', 'Contoso Ltd'],
    ['Wingtip', '6', 'not done', 'The import ended before it.', ''],
    ['', '9', 'not read', 'It is no organization.', ''],
  ]);
});

test('sends ten thousand organizations page by page', async () => {
  world.source.pageSize = 1000;
  await found(Array.from({ length: 10_000 }, (_, n) => organization(`n${n}`, `Company ${n}`)));
  await cancelImport(world.deps, world.tess, { runId, requestId: 'c' });
  const pages: number[] = [];
  const { get } = world.stores.importPages;
  let reading = 0;
  world.stores.importPages.get = async (id) => {
    pages.push(++reading);
    const page = await get.call(world.stores.importPages, id);
    reading--;
    return page;
  };
  const rows = await rowsOf(await open(await handleOf()));
  expect(rows).toHaveLength(10_001);
  expect(rows.at(-1)).toEqual(['Company 9999', 'n9999', 'not done', 'The import ended before it.', '']);
  expect(new Set(rows.map(([, id]) => id)).size).toBe(10_001);
  expect(pages).toEqual(Array.from({ length: 10 }, () => 1));
});

test('breaks off the answer when it cannot read the list to its end', async () => {
  world.source.pageSize = 1;
  await found([organization('1', 'Adatum'), organization('2', 'Contoso')]);
  await applied();
  const handle = await handleOf();
  const { get } = world.stores.importPages;
  world.stores.importPages.get = async (id) => {
    if (id.endsWith(':2')) throw new RangeError('the disk is gone');
    return get.call(world.stores.importPages, id);
  };
  await expect(open(handle).then((answer) => answer.text())).rejects.toThrow();
});

describe('refuses, with a sentence and nothing else,', () => {
  beforeEach(small);
  const refused = async (url: string): Promise<[number, string]> => {
    const answer = await fetch(url);
    expect(answer.headers.get('content-disposition')).toBeNull();
    const text = await answer.text();
    expect(text).not.toContain('CONTOSO');
    return [answer.status, text];
  };
  const UNKNOWN = [404, expect.stringContaining('unknown or older than ten minutes')];

  test('a link that is ten minutes old', async () => {
    const handle = await handleOf();
    world.clock.advance(10 * MINUTE);
    expect(await refused(linkUrl(edge.url, importListLink, handle))).toEqual(UNKNOWN);
  });

  test('a handle that was made up, that is stored, or that belongs to another page', async () => {
    const handle = await handleOf();
    const now = world.clock.now();
    const keyEntry = 'a-handle-of-the-page-for-an-api-key';
    await world.stores.oneTimeLinks.insert(hashOf(keyEntry), {
      kind: 'keyEntry',
      facts: { account: { kind: 'itglue', address: 'eu' } },
      person: { id: 'ada', name: 'Ada' },
      conversationKey: 'c',
      conversationId: 'c',
      stage: 'issued',
      wrongCodes: 0,
      createdAt: now,
      expiresAt: now + MINUTE,
    });
    for (const foreign of ['x'.repeat(43), hashOf(handle), keyEntry, runId])
      expect(await refused(linkUrl(edge.url, importListLink, foreign))).toEqual(UNKNOWN);
  });

  test.each(['', '?h=', '?h=short', `?h=${'x'.repeat(101)}`, '?runId=1'])(
    'an address that is not whole: %j',
    async (query) => {
      expect(await refused(`${edge.url}/imports/list${query}`)).toEqual([
        404,
        expect.stringContaining('not whole'),
      ]);
    },
  );

  test('the link of a person who may not import any more', async () => {
    const handle = await handleOf();
    await world.stores.people.remove('tess');
    expect(await refused(linkUrl(edge.url, importListLink, handle))).toEqual([
      403,
      expect.stringContaining('may not import organizations any more'),
    ]);
  });

  test('the list of an import that is gone', async () => {
    const handle = await handleOf();
    await world.stores.importRuns.remove(runId);
    expect(await refused(linkUrl(edge.url, importListLink, handle))).toEqual([
      404,
      expect.stringContaining('not here any more'),
    ]);
  });

  test('a link for an import that was made up or still runs, or for a person who may not import', async () => {
    await expect(
      issueLink(world.deps, importListLink, world.tess, { runId: 'made-up' }),
    ).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(
      issueLink(world.deps, importListLink, actor('abe', 'approver'), { runId }),
    ).rejects.toMatchObject({
      code: 'notAllowed',
    });
    runId = await reviewable(world);
    await expect(handleOf()).rejects.toMatchObject({ code: 'conflict' });
  });
});
