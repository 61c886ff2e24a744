import { createOrganizationSources } from '../../../connectors/organizationSources';
import type { Resolve } from '../../../connectors/shared/addressGuard';
import { createHttp, DEFAULT_LIMITS, type HttpSettings } from '../../../connectors/shared/http';
import { startVendorServer, type VendorServer } from '../../helpers/vendors/vendorServer';

const KEY = 'one-key';

/** The addresses of the test's host names. */
const NAMES: Record<string, string[]> = {
  localhost: ['127.0.0.1'],
  'inside.example.com': ['127.0.0.2'],
  'mixed.example.com': ['127.0.0.1', '127.0.0.2'],
};
const resolve: Resolve = async (hostname) =>
  (NAMES[hostname] ?? []).map((address) => ({ address, family: 4 }));

describe('a guarded request', () => {
  let server: VendorServer;
  let inside: VendorServer;

  beforeEach(async () => {
    server = await startVendorServer();
    inside = await startVendorServer({ host: '127.0.0.2' });
    server.play({ body: { here: true } });
    inside.play({ body: { secret: true } });
  });
  afterEach(async () => {
    await server.close();
    await inside.close();
  });

  /** 127.0.0.2 stands for every address that is not public. */
  const get = (url: string, settings: Partial<HttpSettings> = {}) =>
    createHttp({ ...DEFAULT_LIMITS, allows: (address) => address !== '127.0.0.2', resolve, ...settings }).get(
      new URL(url),
      { apiKey: KEY, withinMs: 20_000 },
    );
  const here = (path = '/', host = '127.0.0.1') => `https://${host}:${server.port}${path}`;
  const redirects = (to: string, status = 302) => ({ status, headers: { location: to } });
  const refused = (refusal: string) => expect.objectContaining({ name: 'SourceRefused', refusal });

  test('reaches an allowed address, by number and by name', async () => {
    expect((await get(here())).text).toBe('{"here":true}');
    expect((await get(here('/', 'localhost'))).text).toBe('{"here":true}');
  });

  test.each(['127.0.0.2', '127.2', 'inside.example.com', 'mixed.example.com'])(
    'never connects to %s',
    async (host) => {
      await expect(get(`https://${host}:${inside.port}/`)).rejects.toEqual(refused('privateAddress'));
      expect([inside.connections(), server.connections()]).toEqual([0, 0]);
    },
  );

  test.each(['127.0.0.2', 'inside.example.com', 'mixed.example.com'])(
    'follows no redirect to %s',
    async (host) => {
      server.play(redirects(`https://${host}:${inside.port}/metadata`));
      await expect(get(here())).rejects.toEqual(refused('privateAddress'));
      server.playAt('/second', redirects(`https://${host}:${inside.port}/metadata`, 307));
      server.play(redirects('/second', 308));
      await expect(get(here())).rejects.toEqual(refused('privateAddress'));
      expect(inside.connections()).toBe(0);
    },
  );

  test('connects to the address that was checked, even when the name leads elsewhere a moment later', async () => {
    let asked = 0;
    const rebinding: Resolve = async () => {
      asked++;
      return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    const answer = await get(here('/', 'localhost'), { resolve: rebinding });
    expect(answer.text).toBe('{"here":true}');
    expect(asked).toBe(1);
  });

  test('follows three redirects with the key on its own origin, but no fourth', async () => {
    for (const hop of [1, 2, 3, 4]) server.playAt(`/${hop}`, redirects(`/${hop + 1}`));
    expect((await get(here('/2'))).text).toBe('{"here":true}');
    expect(server.requests.map(({ path, apiKey }) => [path, apiKey])).toEqual([
      ['/2', KEY],
      ['/3', KEY],
      ['/4', KEY],
      ['/5', KEY],
    ]);
    await expect(get(here('/1'))).rejects.toEqual(refused('unreachable'));
  });

  test('never gives the key to another host or port', async () => {
    const other = await startVendorServer();
    other.play({ body: {} });
    server.play(redirects(`https://localhost:${server.port}/other`), { body: {} });
    await get(here());
    server.play(redirects(`https://127.0.0.1:${other.port}/`));
    await get(here());
    await other.close();
    expect(server.requests.map(({ apiKey }) => apiKey)).toEqual([KEY, undefined, KEY]);
    expect(other.requests).toEqual([{ path: '/', query: {}, apiKey: undefined }]);
  });

  test('does not leave https, and does not follow an invalid address', async () => {
    for (const to of [`http://127.0.0.1:${server.port}/`, 'file:///etc/passwd', 'https://', 'http://[']) {
      server.play(redirects(to));
      await expect(get(here())).rejects.toEqual(refused('unreachable'));
    }
    await expect(get('http://localhost/')).rejects.toEqual(refused('unreachable'));
  });

  test('soon gives up on a host that accepts no connection, without another try', async () => {
    const never: Resolve = () => new Promise(() => undefined);
    await expect(get(here('/', 'localhost'), { resolve: never, connectMs: 20 })).rejects.toEqual(
      refused('unreachable'),
    );
  });

  test('of the product reaches no private address unless its settings allow it', async () => {
    server.play({ body: { companies: [] } });
    const options = {
      clock: Date,
      itGlueUrls: { us: here(''), eu: here(''), au: here('', 'localhost') },
      http: { resolve: async () => [{ address: '127.0.0.1', family: 4 }] },
    };
    const strict = createOrganizationSources({ ...options, allowPrivate: false });
    for (const account of [
      { kind: 'hudu', address: 'docs.example.com' },
      { kind: 'itglue', address: 'us' },
      { kind: 'itglue', address: 'au' },
    ] as const)
      await expect(strict.of(account, KEY).page()).rejects.toEqual(refused('privateAddress'));
    const inner = { kind: 'hudu', address: `127.0.0.1:${server.port}` } as const;
    expect(() => strict.of(inner, KEY)).toThrow(refused('badHost'));
    expect(server.connections()).toBe(0);
    const open = createOrganizationSources({ ...options, allowPrivate: true });
    expect(await open.of(inner, KEY).page()).toEqual({ organizations: [], bad: [] });
  });
});
