import { createOrganizationSources } from '../../../connectors/organizationSources';
import itGlueError from '../../fixtures/itglue/error.json';
import itGlueFirst from '../../fixtures/itglue/firstPage.json';
import { startVendorServer, type VendorServer } from '../../helpers/vendors/vendorServer';

const KEY = 'one-key';
const refused = (refusal: string, detail?: string) =>
  expect.objectContaining({ name: 'SourceRefused', refusal, detail });

const sourcesWith = (urls: Partial<Record<'us' | 'eu' | 'au', string>> = {}) =>
  createOrganizationSources({
    clock: { now: () => Date.UTC(2026, 10, 23, 12, 1, 30) },
    allowPrivate: true,
    itGlueUrls: { us: 'https://127.0.0.1:1', eu: 'https://127.0.0.1:1', au: 'https://127.0.0.1:1', ...urls },
    timing: { sleep: async () => undefined, random: () => 0 },
  });

describe('testing an IT Glue account', () => {
  let us: VendorServer;
  let eu: VendorServer;
  let au: VendorServer;
  beforeEach(async () => {
    [us, eu, au] = await Promise.all([startVendorServer(), startVendorServer(), startVendorServer()]);
    for (const server of [us, eu, au]) server.play({ status: 401, body: itGlueError });
  });
  afterEach(() => Promise.all([us, eu, au].map((server) => server.close())));

  const source = () => {
    const at = ({ port }: VendorServer) => `https://127.0.0.1:${port}`;
    return sourcesWith({ us: at(us), eu: at(eu), au: at(au) }).of({ kind: 'itglue', address: 'us' }, KEY);
  };
  const requests = () => [us, eu, au].map((server) => server.requests.length);

  test('asks for one row, and says how many there are', async () => {
    us.play({ body: itGlueFirst });
    expect(await source().test()).toBe('9 organizations can be read');
    expect(us.requests).toMatchObject([{ path: '/organizations', query: { 'page[size]': '1' } }]);
    us.play({ body: { data: [], meta: { 'total-count': 12_345 } } });
    expect(await source().test()).toBe('12,345 organizations can be read');
    us.play({ body: { data: [], meta: { 'total-count': 1 } } });
    expect(await source().test()).toBe('1 organization can be read');
    expect(requests()).toEqual([3, 0, 0]);
  });

  test.each([
    [401, itGlueError],
    [403, { message: 'Forbidden' }],
  ])('names the region that knows a key refused here with %i', async (status, body) => {
    us.play({ status, body });
    au.play({ body: itGlueFirst });
    await expect(source().test()).rejects.toEqual(refused('wrongRegion', 'au'));
    expect(requests()).toEqual([1, 1, 1]);
    expect(au.requests[0]?.query).toMatchObject({ 'page[size]': '1' });
  });

  test('calls a key bad when no region knows it, no matter how each region says so', async () => {
    await expect(source().test()).rejects.toEqual(refused('badKey'));
    us.play({ status: 403, body: { message: 'Forbidden' } });
    eu.play({ status: 500 });
    await expect(source().test()).rejects.toEqual(refused('badKey'));
  });

  test('asks no other region outside the test', async () => {
    await expect(source().page()).rejects.toEqual(refused('badKey'));
    expect(requests()).toEqual([1, 0, 0]);
  });
});

describe('testing a Hudu account', () => {
  let server: VendorServer;
  beforeEach(async () => {
    server = await startVendorServer();
    server.play({ body: { companies: [{ id: 1, name: 'Contoso' }] } });
  });
  afterEach(() => server.close());

  const source = () => sourcesWith().of({ kind: 'hudu', address: `127.0.0.1:${server.port}` }, KEY);
  const info = (play: Parameters<VendorServer['playAt']>[1]) => server.playAt('/api/v1/api_info', play);

  test('says its version', async () => {
    info({ body: { version: '2.44.0', date: '2026-07-14' } });
    expect(await source().test()).toBe('Hudu 2.44.0, companies can be read');
  });

  test('refuses a version that is too old before it reads anything', async () => {
    info({ body: { version: '2.1.5.6' } });
    await expect(source().test()).rejects.toEqual(refused('tooOld', '2.1.5.6'));
    expect(server.requests).toHaveLength(1);
  });

  test('takes a Hudu without a version page for a still older one, if it has companies', async () => {
    info({ status: 404 });
    await expect(source().test()).rejects.toEqual(refused('tooOld'));
    server.play({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html></html>' });
    await expect(source().test()).rejects.toEqual(refused('webPage', '404'));
  });

  test('accepts a Hudu that hides its version from this key', async () => {
    info({ status: 403 });
    expect(await source().test()).toBe('companies can be read');
  });

  test('distinguishes a bad key from one without the right', async () => {
    info({ status: 401 });
    await expect(source().test()).rejects.toEqual(refused('badKey'));
    info({ body: { version: '2.44.0' } });
    server.play({ status: 403 });
    await expect(source().test()).rejects.toEqual(refused('noRight'));
  });

  test('waits for the next five-minute mark when Hudu asks to retry later', async () => {
    server.play({ status: 429, headers: { 'content-type': 'text/plain' }, body: 'Retry later\n' });
    await expect(source().page()).rejects.toEqual(refused('throttled', '210'));
  });
});
