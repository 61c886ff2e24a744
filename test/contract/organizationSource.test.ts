import { generate } from 'selfsigned';
import { createOrganizationSources } from '../../connectors/organizationSources';
import type { OrganizationSource } from '../../domain/organizations/ports';
import { huduVendor, itGlue, type PlayedVendor } from '../helpers/playedVendors';
import { startVendorServer, type VendorServer } from '../helpers/vendorServer';

const KEY = 'ITG.one-key-for-all-of-these';
const NOW = Date.UTC(2026, 10, 23, 12, 1, 0);

describe.each<[string, () => PlayedVendor]>([
  ['IT Glue', () => itGlue],
  ['Hudu', huduVendor],
])('%s as a source of organizations', (_name, vendorOf) => {
  let server: VendorServer;
  let vendor: PlayedVendor;
  let source: OrganizationSource;
  let waits: number[];
  let now: number;

  const sourcesWith = (http = {}) =>
    createOrganizationSources({
      clock: { now: () => now },
      allowPrivate: true,
      itGlueUrls: {
        us: 'https://127.0.0.1:1',
        eu: `https://127.0.0.1:${server.port}`,
        au: 'https://127.0.0.1:1',
      },
      timing: {
        random: () => 1,
        sleep: async (ms) => {
          waits.push(ms);
          now += ms;
        },
      },
      http,
    });
  const sourceWith = (http = {}, key = KEY) =>
    sourcesWith(http).of({ kind: vendor.kind, address: vendor.address(server) }, key);
  const refused = (refusal: string, detail?: string) =>
    expect.objectContaining({ name: 'SourceRefused', refusal, ...(detail !== undefined && { detail }) });

  beforeEach(async () => {
    server = await startVendorServer();
    vendor = vendorOf();
    waits = [];
    now = NOW;
    source = sourceWith();
    vendor.prepare(server);
  });
  afterEach(() => server.close());

  describe('the list', () => {
    test('is read in the largest pages to its end, names as they are', async () => {
      server.play({ body: vendor.first() }, { body: vendor.last });
      const first = await source.page();
      expect(first.organizations.slice(0, 6)).toEqual(vendor.organizations);
      expect(first.bad).toEqual([]);
      const last = await source.page(first.next);
      expect(last.next).toBeUndefined();
      expect(server.requests).toEqual([
        expect.objectContaining({ path: vendor.listPath, apiKey: KEY }),
        { path: vendor.listPath, apiKey: KEY, query: vendor.secondPage },
      ]);
    });

    test('loses a bad row alone, and says which and why', async () => {
      server.play({ body: vendor.last });
      const { organizations, bad } = await source.page();
      expect(organizations).toEqual([expect.objectContaining({ id: '201', name: 'Fabrikam' })]);
      expect(bad).toEqual([
        { id: '202', why: expect.stringContaining('name') },
        { id: '203', why: expect.any(String) },
        { id: 'page 1, row 4', why: expect.stringContaining('id') },
        { id: '201', why: 'the same id a second time on this page' },
      ]);
    });

    test('goes on from its token in another process', async () => {
      server.play({ body: vendor.first() }, { body: vendor.last });
      const { next } = await source.page();
      await sourceWith().page(next);
      expect(server.requests[1]?.query).toEqual(vendor.secondPage);
    });

    test('may be empty', async () => {
      server.play({ body: vendor.page([]) });
      expect(await source.page()).toEqual({ organizations: [], bad: [] });
    });

    test('that gives the same page again is refused as endless', async () => {
      server.play({ body: vendor.first() });
      const { next } = await source.page();
      await expect(source.page(next)).rejects.toEqual(refused('endless'));
    });

    test('is asked on when the server cuts its pages, and nothing says how many there are', async () => {
      const rows = Array.from({ length: 60 }, (_, index) => ({ id: index + 1, name: `Customer ${index}` }));
      server.play(
        { body: vendor.page(rows.slice(0, 25)) },
        { body: vendor.page(rows.slice(25, 50)) },
        { body: vendor.page(rows.slice(50)) },
      );
      const names: string[] = [];
      let next: string | undefined;
      do {
        const page = await source.page(next);
        names.push(...page.organizations.map(({ name }) => name));
        next = page.next;
      } while (next);
      expect(names).toEqual(rows.map(({ name }) => name));
      expect(server.requests).toHaveLength(3);
    });
  });

  describe('one organization', () => {
    test('is read by its id', async () => {
      server.play({ body: vendor.one });
      expect(await source.one('101')).toMatchObject({ id: '101', name: 'Contoso Ltd', state: 'active' });
      expect(server.requests[0]?.path).toBe(vendor.onePath('101'));
    });

    test('is undefined when it is gone, or when there can be no such id', async () => {
      server.play({ status: 404, body: {} });
      expect(await source.one('101')).toBeUndefined();
      expect(await source.one('../users')).toBeUndefined();
      expect(server.requests).toHaveLength(1);
    });
  });

  describe('a search', () => {
    const rows = [
      'The Contoso Group',
      'Northwind',
      'Contoso East',
      'CONTOSO',
      'Group of Contoso',
      'Cöntoso',
    ].map((name, index) => ({ id: index + 1, name }));

    test('gives the nearest names first, whatever else the vendor finds', async () => {
      server.play({ body: vendor.page(rows) });
      const found = await source.search(' contoso ', 4);
      expect(found.map(({ name }) => name)).toEqual([
        'CONTOSO',
        'Cöntoso',
        'Contoso East',
        'Group of Contoso',
      ]);
      expect(server.requests).toEqual([
        { path: vendor.listPath, apiKey: KEY, query: vendor.search('contoso') },
      ]);
    });

    test('of nothing asks for nothing', async () => {
      expect(await source.search('  ', 5)).toEqual([]);
      expect(server.requests).toEqual([]);
    });
  });

  describe('the test', () => {
    test('says what was found', async () => {
      server.play({ body: vendor.page([{ id: 1, name: 'Contoso' }]) });
      expect(await source.test()).toMatch(/can be read$/);
      expect(server.requests.length).toBeLessThanOrEqual(2);
    });

    test('refuses an account in which no row is an organization', async () => {
      server.play({ body: vendor.page([{ id: 1, name: null as unknown as string }]) });
      await expect(source.test()).rejects.toEqual(refused('notJson'));
    });
  });

  describe('a refusal', () => {
    test.each([
      [401, 'badKey'],
      [404, 'notJson'],
      [422, 'notJson'],
    ])('of status %i is %s, at once', async (status, refusal) => {
      server.play({ status, body: {} });
      await expect(source.page()).rejects.toEqual(refused(refusal));
      expect(server.requests).toHaveLength(1);
    });

    test('of a key without the right to organizations is noRight', async () => {
      server.play({ status: 403, body: vendor.forbidden });
      await expect(source.page()).rejects.toEqual(refused('noRight'));
      await expect(source.test()).rejects.toEqual(refused('noRight'));
    });

    test('of a key that cannot be sent is badKey, and it is not sent', async () => {
      await expect(sourceWith({}, 'line\nbreak').page()).rejects.toEqual(refused('badKey'));
      expect(server.requests).toEqual([]);
    });

    test('never holds the key', async () => {
      server.play({ status: 401, body: { error: KEY } });
      const error = await source.page().catch((thrown) => thrown);
      expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(KEY);
    });
  });

  describe('trouble that passes', () => {
    const list = () => ({ body: vendor.page([{ id: 1, name: 'Contoso' }]) });

    test.each([429, 500, 502, 503, 504])('of status %i is waited out, longer each time', async (status) => {
      server.play({ status }, { status }, list());
      expect((await source.page()).organizations).toHaveLength(1);
      expect(waits).toEqual([500, 1000]);
    });

    test('is waited out as long as the vendor asks, in seconds or until a date', async () => {
      const date = new Date(NOW + 12_000).toUTCString();
      server.play(
        { status: 429, headers: { 'retry-after': '7' } },
        { status: 503, headers: { 'retry-after': date } },
        list(),
      );
      await source.page();
      expect(waits[0]).toBe(7500);
      expect(now).toBeGreaterThanOrEqual(NOW + 12_000);
    });

    test('that would take too long is refused with the seconds to wait', async () => {
      server.play({ status: 429, headers: { 'retry-after': '600' } });
      await expect(source.page()).rejects.toEqual(refused('throttled', '600'));
      expect(server.requests).toHaveLength(1);
      expect(waits).toEqual([]);
    });

    test('that does not pass is throttled or unavailable', async () => {
      server.play({ status: 429 });
      await expect(source.page()).rejects.toMatchObject({
        refusal: 'throttled',
        detail: expect.stringMatching(/^\d{2,3}$/),
      });
      expect(server.requests).toHaveLength(4);
      server.play({ status: 503 });
      await expect(source.page()).rejects.toEqual(refused('unavailable'));
    });

    test('of the connection is tried again', async () => {
      server.play((response) => response.socket?.destroy(), list());
      expect((await source.page()).organizations).toHaveLength(1);
      expect(waits).toEqual([500]);
    });
  });

  describe('an answer that is none', () => {
    test.each([
      [
        'a web page',
        { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Sign in</html>' },
      ],
      ['a web page that says it is JSON', { body: '<html>Sign in</html>' }],
      ['cut off', { body: '{"data":[{"id":"1","attri' }],
      ['of another shape', { body: { rows: [] } }],
      ['empty', { body: '' }],
    ])('%s is notJson, at once', async (_what, play) => {
      server.play(play);
      await expect(source.page()).rejects.toEqual(refused('notJson'));
      expect(server.requests).toHaveLength(1);
    });

    test('broken off again and again is notJson', async () => {
      server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"data":[', () => response.socket?.destroy());
      });
      await expect(source.page()).rejects.toEqual(refused('notJson'));
      expect(server.requests).toHaveLength(4);
    });

    test('larger than allowed is tooLarge, whatever it says of its length', async () => {
      server.play({ body: vendor.page([{ id: 1, name: 'x'.repeat(50_000) }]) });
      await expect(sourceWith({ maxBytes: 40_000 }).page()).rejects.toEqual(refused('tooLarge'));
      expect((await sourceWith({ maxBytes: 60_000 }).page()).organizations).toHaveLength(1);
    });

    test('that never begins, or never ends, is unreachable', async () => {
      server.play(() => undefined);
      await expect(sourceWith({ headersMs: 20 }).page()).rejects.toEqual(refused('unreachable'));
      server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data":[');
      });
      await expect(sourceWith({ wholeMs: 200 }).page()).rejects.toEqual(refused('unreachable'));
    });
  });

  describe('a server', () => {
    test('that nobody listens at is unreachable', async () => {
      await server.close();
      await expect(source.page()).rejects.toEqual(refused('unreachable'));
      expect(waits).toEqual([500, 1000, 2000]);
    });

    test('whose certificate is not trusted is refused before the key is sent, and not asked again', async () => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
      const other = await startVendorServer({ tls: { key, cert } });
      try {
        const { port } = server;
        server.port = other.port;
        const untrusted = sourceWith();
        server.port = port;
        await expect(untrusted.page()).rejects.toEqual(refused('notTrusted'));
        expect(other.requests).toEqual([]);
        expect(waits).toEqual([]);
      } finally {
        await other.close();
      }
    });
  });

  test('an abort ends a call with its own reason', async () => {
    const abort = new AbortController();
    server.play(() => abort.abort(new RangeError('cancelled')));
    await expect(source.page(undefined, abort.signal)).rejects.toThrow(RangeError);
    await expect(source.page(undefined, abort.signal)).rejects.toThrow('cancelled');
    expect(server.requests).toHaveLength(1);
  });

  test('sources of one account and key share their budget; another key has its own', async () => {
    server.play({ status: 404, body: {} });
    const sources = sourcesWith();
    const account = { kind: vendor.kind, address: vendor.address(server) };
    const allowed = vendor.kind === 'itglue' ? 2400 : 240;
    for (let asked = 0; asked < allowed; asked += 8)
      await Promise.all(Array.from({ length: 8 }, () => sources.of(account, KEY).one('1')));
    if (vendor.kind === 'itglue')
      await expect(sources.of(account, KEY).one('1')).rejects.toEqual(refused('throttled', '300'));
    else await expect(sources.of(account, KEY).one('1')).rejects.toEqual(refused('throttled', '60'));
    expect(server.requests).toHaveLength(allowed);
    expect(await sources.of(account, 'another-key').one('1')).toBeUndefined();
    now += 5 * 60_000;
    expect(await sources.of(account, KEY).one('1')).toBeUndefined();
  });
});
