import { z } from 'zod';
import { createTenantDirectory } from '../../../connectors/graph/createTenantDirectory';
import { graphClient } from '../../../connectors/graph/graphClient';
import { readPages } from '../../../connectors/graph/readPages';
import { PLAYED_TENANT, startPlayedMicrosoft } from '../../helpers/cloud/playedMicrosoft';
import type { Play } from '../../helpers/vendors/vendorServer';

const ROLES = '/v1.0/roleManagement/directory/roleAssignments';
const ADMINISTRATOR = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13';

let microsoft: Awaited<ReturnType<typeof startPlayedMicrosoft>>;
beforeEach(async () => {
  microsoft = await startPlayedMicrosoft();
});
afterEach(() => microsoft.server.close());

/** Pages by number: `page` returns the n-th. */
function pages(path: string, page: (n: number, link: (n: number) => string) => object): void {
  const link = (n: number) => `${microsoft.settings.graphUrl}${path}?$skiptoken=${n}`;
  const play: Play = (response, request) => {
    const n = Number(/skiptoken=(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(page(n, link)));
  };
  microsoft.server.playAt(path, play);
}

const roleCheck = () => createTenantDirectory(microsoft.settings).check(PLAYED_TENANT, 'directoryRole');
const admin = { roleDefinitionId: ADMINISTRATOR, directoryScopeId: '/' };

describe('a list without an end', () => {
  test.each([
    [
      'of empty pages',
      (n: number, link: (n: number) => string) => ({ value: [], '@odata.nextLink': link(n + 1) }),
    ],
    [
      'of the same page',
      (_n: number, link: (n: number) => string) => ({ value: [], '@odata.nextLink': link(1) }),
    ],
    [
      'of full pages',
      (n: number, link: (n: number) => string) => ({
        value: Array.from({ length: 999 }, () => ({ roleDefinitionId: 'x', directoryScopeId: '/' })),
        '@odata.nextLink': link(n + 1),
      }),
    ],
  ])(
    '%s is read up to a limit of questions, and the check never says that there is no role',
    async (_what, page) => {
      pages(ROLES, page);
      const outcome = await roleCheck();
      expect(outcome).toMatchObject({ state: 'failed', unavailable: true });
      expect(outcome.finding).toContain('did not come to an end');
      expect(outcome.finding).not.toContain('no directory role');
      expect(microsoft.asked('roleAssignments')).toBeLessThanOrEqual(50);
    },
  );
});

test('empty pages in the middle do not end a list', async () => {
  pages(ROLES, (n, link) =>
    n < 7 ? { value: [], '@odata.nextLink': link(n + 1) } : { value: [admin], '@odata.nextLink': null },
  );
  expect(await roleCheck()).toMatchObject({ state: 'passed' });
});

test.each([
  'http://localhost:1/v1.0/x',
  'https://evil.test/v1.0/x',
  '//evil.test/',
  'x',
  'https://localhost.evil.test/',
])('a link to %s is not followed, and the list is not whole', async (elsewhere) => {
  pages(ROLES, () => ({ value: [admin], '@odata.nextLink': elsewhere }));
  expect(await roleCheck()).toMatchObject({ unavailable: true });
  expect(microsoft.asked('roleAssignments')).toBe(1);
});

test('the time is limited, too', async () => {
  pages(ROLES, (n, link) => ({ value: [], '@odata.nextLink': link(n + 1) }));
  let now = 0;
  const slow = () => {
    now += 25_000;
    return now;
  };
  const graph = await graphClient(microsoft.settings, 'token');
  const path = ROLES.replace('/v1.0', '');
  expect(await readPages(graph, path, z.unknown(), { now: slow })).toEqual({ entries: [], whole: false });
  expect(microsoft.asked('roleAssignments')).toBeLessThanOrEqual(3);
});

test('the first of several pages is not enough to decide whether an account exists', async () => {
  const user = { onPremisesSyncEnabled: true, lastPasswordChangeDateTime: '2026-11-30T10:00:00Z' };
  pages('/v1.0/users', (n, link) =>
    n === 0 ? { value: [], '@odata.nextLink': link(1) } : { value: [user] },
  );
  const directory = createTenantDirectory(microsoft.settings);
  expect(await directory.passwordState(PLAYED_TENANT, { immutableId: 'x' })).toMatchObject({ found: true });
  pages('/v1.0/users', (n, link) => ({ value: [], '@odata.nextLink': link(n + 1) }));
  await expect(directory.passwordState(PLAYED_TENANT, { immutableId: 'x' })).rejects.toMatchObject({
    refusal: 'endless',
  });
});

describe('an answer from Graph', () => {
  const organization = (play: Play) => {
    microsoft.server.playAt('/v1.0/organization', play);
    return createTenantDirectory(microsoft.settings).check(PLAYED_TENANT, 'organization');
  };
  const found = { value: [{ id: PLAYED_TENANT, displayName: 'Northwind' }] };

  test('with a byte order mark is read', async () => {
    expect(await organization({ body: `\ufeff${JSON.stringify(found)}` })).toMatchObject({ state: 'passed' });
  });

  test('with optional parts in another form is read without them', async () => {
    const odd = {
      id: PLAYED_TENANT,
      displayName: 7,
      verifiedDomains: [null, { name: 5 }, { name: 'a.example' }],
    };
    const play = {
      body: { value: [{ ...odd, onPremisesSyncEnabled: 'yes', onPremisesLastSyncDateTime: {} }] },
    };
    expect(await organization(play)).toMatchObject({ state: 'passed' });
    const directory = createTenantDirectory(microsoft.settings);
    expect(await directory.describe(PLAYED_TENANT)).toEqual({
      displayName: 'a.example',
      domains: ['a.example'],
    });
    expect(await directory.syncEvidence(PLAYED_TENANT)).toMatchObject({ onPremisesSync: 'unknown' });
  });

  test.each([403, 401, 404])('of status %i from a firewall does not mean a missing right', async (status) => {
    const body = '<!DOCTYPE html><title>Blocked</title>';
    const outcome = await organization({ status, headers: { 'content-type': 'text/html' }, body });
    expect(outcome).toMatchObject({ unavailable: true, finding: expect.stringContaining('a web page') });
    expect(outcome.consentLost).toBeUndefined();
  });

  test.each([
    ['cut off', { body: '{"value":[{"id":' }],
    ['a 500 with an error that is none', { status: 500, body: { error: { innerError: null } } }],
    ['a 503 in plain words', { status: 503, headers: { 'retry-after': '3600' }, body: 'later' }],
  ])('that is %s is “try later”', async (_what, play) => {
    expect(await organization(play)).toMatchObject({ state: 'failed', unavailable: true });
  });

  test.each(['0', '-1', '1.5', 'soon'])(
    'with “Retry-After: %s” is asked again after a wait',
    async (header) => {
      const plays: Play[] = [{ status: 429, headers: { 'retry-after': header }, body: {} }, { body: found }];
      let asked = 0;
      const began = performance.now();
      const outcome = await organization((response) => {
        const {
          status = 200,
          headers = {},
          body,
        } = plays[Math.min(asked++, 1)] as { status?: number; headers?: object; body: object };
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      });
      expect(outcome).toMatchObject({ state: 'passed' });
      expect(performance.now() - began).toBeGreaterThan(900);
    },
  );

  test.each([
    ['', undefined],
    ['\ufeff12', 12],
    ['12', 12],
    ['true', undefined],
    ['[]', undefined],
    ['-1', undefined],
  ])('a count of %j is %s users', async (body, users) => {
    microsoft.server.playAt('/v1.0/users/$count', { headers: { 'content-type': 'text/plain' }, body });
    const { syncedUsers } = await createTenantDirectory(microsoft.settings).syncEvidence(PLAYED_TENANT);
    expect(syncedUsers).toBe(users);
  });
});
