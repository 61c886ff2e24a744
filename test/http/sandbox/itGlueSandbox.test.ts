import { type ItGlueSandbox, startItGlueSandbox } from '../../../sandbox/itglue/startItGlueSandbox';
import { makeOrganizations } from '../../../sandbox/organizations/makeOrganizations';
import { openVendorCalls, type VendorCalls } from '../../helpers/vendors/vendorCalls';

interface Row {
  id: string;
  type: string;
  attributes: Record<string, unknown>;
}
interface Listed {
  data: Row[];
  meta: Record<string, number | null>;
  errors: Record<string, unknown>[];
}

const KEY = 'a-key-for-tests';
let now = Date.parse('2026-11-23T08:00:00Z');
const clock = { now: () => now };
let calls: VendorCalls;
let sandbox: ItGlueSandbox;

beforeAll(async () => {
  calls = await openVendorCalls();
});
afterAll(() => calls.close());
beforeEach(async () => {
  now = Date.parse('2026-11-23T08:00:00Z');
  sandbox = await startItGlueSandbox({
    certificate: calls.certificate,
    clock,
    organizations: makeOrganizations({ count: 120, firstId: 1000 }),
    accounts: [
      { key: KEY, region: 'eu', rights: 'full' },
      { key: 'narrow', region: 'eu', rights: 'noOrganizations' },
    ],
  });
});
afterEach(() => sandbox.stop());

const ask = (path: string, key: string | undefined = KEY, region: 'us' | 'eu' | 'au' = 'eu') =>
  calls.call<Listed>(`${sandbox.urls[region]}${path}`, key);
const list = async (query: string) => (await ask(`/organizations?${query}`)).json();
const namesOf = ({ data }: Listed) => data.map(({ attributes }) => attributes.name);

describe('the list', () => {
  it('has fifty rows on a page, ids as text, attributes with hyphens and the paging in meta', async () => {
    const answer = await ask('/organizations');
    expect(answer.headers['content-type']).toBe('application/vnd.api+json');
    const { data, meta } = answer.json();
    expect(data).toHaveLength(50);
    expect(data[0]).toMatchObject({
      id: '1000',
      type: 'organizations',
      attributes: {
        name: 'Northwind Traders',
        'organization-status-id': 68,
        'organization-status-name': 'Active',
        'organization-type-id': 86,
        'organization-type-name': 'Customer',
        'resource-url': `${sandbox.urls.eu}/1000`,
      },
    });
    const counts = { 'total-pages': 3, 'total-count': 120 };
    expect(meta).toEqual({ 'current-page': 1, 'next-page': 2, 'prev-page': null, ...counts });
    const last = await list('page[number]=3');
    expect(last.data).toHaveLength(20);
    expect(last.meta).toEqual({ 'current-page': 3, 'next-page': null, 'prev-page': 2, ...counts });
    expect((await list('page[number]=4')).data).toEqual([]);
  });

  it('allows a thousand rows on a page and refuses more, naming the parameter', async () => {
    expect((await list('page[size]=1000')).data).toHaveLength(120);
    for (const query of [
      'page[size]=1001',
      'page[size]=x',
      'page[number]=0',
      'sort=colour',
      'filter[psa]=1',
    ]) {
      const answer = await ask(`/organizations?${query}`);
      const [parameter] = query.split('=');
      expect(answer.status).toBe(422);
      expect(answer.json().errors).toEqual([
        expect.objectContaining({ status: '422', source: { parameter } }),
      ]);
    }
  });

  it('filters by name, id, status and type, in either spelling, and excludes', async () => {
    expect(namesOf(await list('filter[name]=fabrikam'))).toEqual(['FABRIKAM MANUFACTURING, Inc.']);
    expect(namesOf(await list('filter[name]=CONTOSO\\,,Wingtip'))).toHaveLength(3);
    expect(namesOf(await list('filter[id]=1000,1003'))).toHaveLength(2);
    const inactive = await list('filter[organization-status-id]=69&page[size]=1000');
    expect(namesOf(inactive)).toContain('Woodgrove Bank');
    const active = await list('filter[exclude][organization_status_id]=69&page[size]=1000');
    expect(active.data.length + inactive.data.length).toBe(120);
    expect(namesOf(await list('filter[organization_type_id]=88'))).toEqual(['Bright Harbour IT']);
  });

  it('sorts in both directions', async () => {
    const rising = (await list('sort=id&page[size]=1000')).data.map(({ id }) => Number(id));
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect((await list('sort=-id')).data[0]?.id).toBe(String(rising.at(-1)));
  });

  it('names the statuses and types of the account', async () => {
    const statuses = (await ask('/organization_statuses')).json();
    expect(namesOf(statuses)).toEqual(['Active', 'Inactive', 'Testing Only']);
    expect(statuses.data[0]).toMatchObject({ id: '68', type: 'organization-statuses' });
    expect(namesOf((await ask('/organization_types')).json())).toContain('Vendor');
  });
});

describe('one organization', () => {
  it('is found by its id, or not at all, and has a page', async () => {
    const found = (await ask('/organizations/1003')).json() as unknown as { data: Row };
    expect(found.data).toMatchObject({ id: '1003', attributes: { name: 'FABRIKAM MANUFACTURING, Inc.' } });
    const missing = await ask('/organizations/9');
    expect([missing.status, missing.json().errors[0]]).toEqual([
      404,
      expect.objectContaining({ status: '404', title: 'Not Found' }),
    ]);
    const bold = sandbox.control.organizations().find(({ name }) => name.startsWith('<b>'));
    const page = await calls.call(`${sandbox.urls.eu}/${bold?.id}`);
    expect(page.text).not.toContain('<b>');
  });
});

describe('keys', () => {
  it('are known only in their region, may lack the right, or be revoked', async () => {
    expect((await ask('/organizations', KEY)).status).toBe(200);
    for (const unknown of [ask('/organizations', KEY, 'us'), ask('/organizations', KEY, 'au')]) {
      const { status, text } = await unknown;
      expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
    }
    const narrow = await ask('/organizations', 'narrow');
    expect([narrow.status, narrow.json().errors[0]?.title]).toEqual([403, 'Forbidden']);
    sandbox.control.setRights(KEY, 'revoked');
    expect((await ask('/organizations')).status).toBe(401);
    expect(() => sandbox.control.setRights('nobody', 'full')).toThrow();
  });

  it('are refused by the API itself where there is no gateway', async () => {
    sandbox.control.speak({ unknownKeys: 'api' });
    for (const key of ['nobody', '']) {
      const answer = await ask('/organizations', key);
      expect([answer.status, answer.json().errors[0]?.title]).toEqual([401, 'Unauthorized']);
    }
  });

  it('have 3000 requests in a window of five minutes', async () => {
    sandbox.control.setLimit({ requests: 2, windowMs: 300_000 });
    const status = async () => (await ask('/organizations?page[size]=1')).status;
    now += 299_000;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    now += 1_000;
    expect(await status()).toBe(200);
  });
});

describe('an account that changes, or answers differently', () => {
  it('changes between two pages', async () => {
    const { control } = sandbox;
    control.afterPage(1, () => {
      control.remove('1000');
      control.rename('1003', 'Fabrikam');
      control.insert({ name: 'Newcomer' }, 0);
      control.archive('1006');
      control.merge('1009', '1012');
    });
    expect(namesOf(await list('page[number]=1'))).toContain('Northwind Traders');
    const after = await list('page[number]=1');
    expect(namesOf(after).slice(0, 2)).toEqual(['Newcomer', 'Fabrikam']);
    expect(after.data[2]?.attributes['organization-status-name']).toBe('Inactive');
    expect(after.data.map(({ id }) => id)).not.toContain('1009');
  });

  it('lists one organization twice, and damaged ones', async () => {
    sandbox.control.duplicate('1000');
    sandbox.control.damage('1003', { name: 7, primary: undefined });
    const { data } = await list('page[size]=1000');
    expect(data.filter(({ id }) => id === '1000')).toHaveLength(2);
    expect(data[1]?.attributes).toMatchObject({ name: 7 });
    expect(data[1]?.attributes).not.toHaveProperty('primary');
  });

  it('spells with underscores and gives no totals', async () => {
    sandbox.control.speak({ spelling: '_', totals: false });
    const { data, meta } = await list('page[size]=100');
    expect(data[0]?.attributes).toHaveProperty('organization_status_name', 'Active');
    expect(meta).toEqual({ 'current-page': 1, 'next-page': 2, 'prev-page': null });
  });

  it.each([
    ['repeats', (first: Listed, far: Listed) => expect(far.data).toEqual(first.data)],
    ['invents', (first: Listed, far: Listed) => expect(far.data[0]).not.toEqual(first.data[0])],
    ['emptyNext', (_: Listed, far: Listed) => expect(far.data).toEqual([])],
  ] as const)('never ends: %s', async (how, check) => {
    sandbox.control.pageEndlessly(how);
    const far = await list('page[number]=500');
    check(await list('page[number]=1'), far);
    expect(far.meta['next-page']).toBe(501);
  });
});

describe('bad days', () => {
  it('throttles with and without Retry-After, fails, moves, and then works as before', async () => {
    const { control } = sandbox;
    control.failNext({ kind: 'throttled', retryAfterSeconds: 7 });
    control.failNext({ kind: 'throttled' });
    control.failNext({ kind: 'status', status: 503 });
    control.failNext({ kind: 'redirect', to: 'https://10.0.0.1/' });
    const seen = [];
    for (let call = 0; call < 5; call += 1) {
      const { status, headers } = await ask('/organizations');
      seen.push([status, headers['retry-after'] ?? headers.location]);
    }
    expect(seen).toEqual([
      [429, '7'],
      [429, undefined],
      [503, undefined],
      [302, 'https://10.0.0.1/'],
      [200, undefined],
    ]);
  });

  it('answers HTML, half a body, or far too much', async () => {
    const { control } = sandbox;
    control.failNext({ kind: 'html' }, { path: 'page[number]=2' });
    expect((await list('page[number]=1')).data).toHaveLength(50);
    expect((await ask('/organizations?page[number]=2')).text).toContain('<!doctype html>');
    control.failNext({ kind: 'truncated' });
    const half = await ask('/organizations');
    expect(() => half.json()).toThrow(SyntaxError);
    control.failNext({ kind: 'huge', bytes: 100_000 });
    const huge = await ask('/organizations?page[size]=1');
    expect([huge.text.length > 100_000, huge.json().data.length]).toEqual([true, 1]);
  });

  it('holds a call until it is released, and records it without the key', async () => {
    const hold = sandbox.control.holdNext({ path: '/organizations' });
    const answer = ask('/organizations?page[number]=2');
    await hold.arrived;
    expect(sandbox.control.requests()).toEqual([{ method: 'GET', path: '/organizations?page[number]=2' }]);
    hold.release();
    expect((await answer).status).toBe(200);
    expect(JSON.stringify(sandbox.control.requests())).not.toContain(KEY);
  });
});
