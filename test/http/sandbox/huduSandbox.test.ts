import { type HuduSandbox, startHuduSandbox } from '../../../sandbox/hudu/startHuduSandbox';
import { makeOrganizations } from '../../../sandbox/organizations/makeOrganizations';
import { openVendorCalls, type VendorCalls } from '../../helpers/vendors/vendorCalls';

interface Answered {
  version: string;
  companies: Record<string, unknown>[];
  company: Record<string, unknown>;
}

const KEY = 'a-key-for-tests';
const ARCHIVED = 'Woodgrove Bank';
let now = Date.parse('2026-11-23T08:00:00Z');
const clock = { now: () => now };
let calls: VendorCalls;
let sandbox: HuduSandbox;

beforeAll(async () => {
  calls = await openVendorCalls();
});
afterAll(() => calls.close());
beforeEach(async () => {
  now = Date.parse('2026-11-23T08:00:00Z');
  sandbox = await startHuduSandbox({
    certificate: calls.certificate,
    clock,
    organizations: makeOrganizations({ count: 110 }),
    accounts: [
      { key: KEY, rights: 'full' },
      { key: 'narrow', rights: 'noOrganizations' },
    ],
  });
});
afterEach(() => sandbox.stop());

const ask = (path: string, key: string | undefined = KEY) =>
  calls.call<Answered>(`${sandbox.url}/api/v1${path}`, key);
const list = async (query: string) => (await ask(`/companies?${query}`)).json().companies;
const namesOf = (companies: Record<string, unknown>[]) => companies.map(({ name }) => name);
const idOf = (name: string) =>
  String(sandbox.control.organizations().find((one) => one.name === name)?.id ?? 0);

describe('the list', () => {
  it('has twenty-five rows on a page and gives no totals', async () => {
    const answer = await ask('/companies');
    expect(Object.keys(answer.json())).toEqual(['companies']);
    const visible = sandbox.control.organizations().filter(({ archived }) => !archived).length;
    const pages = await Promise.all([1, 2, 3, 4, 5, 6].map((page) => list(`page=${page}`)));
    expect(pages.flat()).toHaveLength(visible);
    expect(pages.map(({ length }) => length)).toEqual([25, 25, 25, 25, visible - 100, 0]);
  });

  it('has every documented field', async () => {
    const [first] = await list('');
    expect(Object.keys(first ?? {}).sort()).toEqual(
      `id slug name nickname address_line_1 address_line_2 city state zip country_name phone_number company_type
      parent_company_id parent_company_name fax_number website notes archived object_type id_number url full_url
      passwords_url knowledge_base_url created_at updated_at integrations`
        .split(/\s+/)
        .sort(),
    );
    expect(first).toMatchObject({
      id: 1,
      name: 'Northwind Traders',
      full_url: `${sandbox.url}/c/${first?.slug}`,
      integrations: [expect.objectContaining({ integrator_name: 'autotask', company_id: 1 })],
    });
    expect((await calls.call(String(first?.full_url))).text).toContain('Northwind Traders');
  });

  it('hides archived companies unless the installation lists them', async () => {
    expect(namesOf(await list('page_size=1000'))).not.toContain(ARCHIVED);
    const one = (await ask(`/companies/${idOf(ARCHIVED)}`)).json().company;
    expect(one).toMatchObject({ name: ARCHIVED, archived: true });
    sandbox.control.speak({ listsArchived: true });
    expect(namesOf(await list('page_size=1000'))).toContain(ARCHIVED);
  });

  it('finds by exact name and by search, and cuts a large page silently', async () => {
    expect(namesOf(await list('name=Wingtip%20Dental'))).toEqual(['Wingtip Dental']);
    expect(namesOf(await list('search=wingtip'))).toEqual(['Wingtip Dental', 'Wingtip Dental, Ltd.']);
    expect(namesOf(await list('unheard_of=1&page_size=1'))).toHaveLength(1);
    sandbox.control.speak({ largestPage: 40 });
    expect(await list('page_size=1000')).toHaveLength(40);
    expect((await ask('/companies?page_size=many')).status).toBe(422);
  });
});

describe('keys and versions', () => {
  it('distinguishes a wrong key, one without the right and a revoked one', async () => {
    const statuses = async (key?: string) =>
      Promise.all([ask('/api_info', key), ask('/companies', key)]).then((both) =>
        both.map(({ status }) => status),
      );
    expect(await statuses('nobody')).toEqual([401, 401]);
    expect(await statuses('narrow')).toEqual([200, 403]);
    sandbox.control.setRights(KEY, 'revoked');
    expect(await statuses(KEY)).toEqual([401, 401]);
    expect((await ask('/companies')).json()).toEqual({ status: 401, error: 'Unauthorized' });
  });

  it('says which Hudu it is', async () => {
    expect((await ask('/api_info')).json()).toEqual({ version: '2.44.0', date: '2026-07-14' });
    sandbox.control.speak({ version: '2.1.5' });
    expect((await ask('/api_info')).json().version).toBe('2.1.5');
    expect((await ask('/companies/99999')).status).toBe(404);
    expect((await calls.call(`${sandbox.url}/login`)).status).toBe(404);
  });

  it('answers 300 requests a minute; after one too many, it refuses all until the next fifth minute', async () => {
    sandbox.control.setLimit({ requests: 1, windowMs: 60_000, resetMs: 300_000 });
    const status = async () => (await ask('/companies?page_size=1')).status;
    expect(await status()).toBe(200);
    now += 60_000;
    expect(await status()).toBe(200);
    const refused = await ask('/companies?page_size=1');
    expect([refused.status, refused.text, refused.headers['retry-after']]).toEqual([
      429,
      'Retry later\n',
      undefined,
    ]);
    now += 60_000;
    expect(await status()).toBe(429);
    now += 180_000;
    expect(await status()).toBe(200);
  });
});

describe('an account that changes, and bad days', () => {
  it('changes between two pages', async () => {
    const { control } = sandbox;
    control.afterPage(1, () => {
      control.remove('1');
      control.archive(idOf('Wingtip Dental'));
      control.insert({ name: 'Newcomer' });
    });
    expect(namesOf(await list('page_size=1000'))).toContain('Northwind Traders');
    const names = namesOf(await list('page_size=1000'));
    expect(names).not.toContain('Northwind Traders');
    expect(names).not.toContain('Wingtip Dental');
    expect(names.at(-1)).toBe('Newcomer');
  });

  it('never ends', async () => {
    sandbox.control.pageEndlessly('repeats');
    expect(await list('page=70')).toEqual(await list('page=1'));
    sandbox.control.pageEndlessly('invents');
    const far = await list('page=70');
    expect(far).toHaveLength(25);
    expect(far).not.toEqual(await list('page=71'));
    sandbox.control.pageEndlessly();
    expect(await list('page=70')).toEqual([]);
  });

  it('reports failures in Hudu’s words', async () => {
    sandbox.control.failNext({ kind: 'status', status: 500 }, { times: 2 });
    expect((await ask('/companies')).json()).toEqual({ status: 500, error: 'Internal Server Error' });
    expect((await ask('/companies')).status).toBe(500);
    sandbox.control.failNext({ kind: 'throttled', retryAfterSeconds: 3 });
    const throttled = await ask('/companies');
    expect([throttled.status, throttled.text, throttled.headers['retry-after']]).toEqual([
      429,
      'Retry later\n',
      '3',
    ]);
    expect(sandbox.control.requests()).toHaveLength(3);
  });
});
