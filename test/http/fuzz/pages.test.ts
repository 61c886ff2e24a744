import fc from 'fast-check';
import { createSender, FUZZ_MS, fuzzed, type Sent, shareOf, watchProcess } from '../../helpers/fuzz/fuzz';
import { type FuzzWorld, openFuzzWorld } from '../../helpers/fuzz/fuzzWorld';
import { hostileText } from '../../helpers/fuzz/hostile';

const NAMES = [
  'h',
  'state',
  'code',
  'error',
  'error_description',
  'error_subcode',
  'csrf',
  'key',
  'admin_consent',
  'tenant',
];
const COOKIES = ['keyturn-signin', 'keyturn-key-entry', 'keyturn-install', '__proto__', ''];
const HEADERS = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'content-encoding',
  'content-type',
  'cookie',
  'expect-ct',
  'forwarded',
  'if-none-match',
  'origin',
  'range',
  'referer',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'x-original-url',
  'x-request-id',
  'sec-fetch-site',
  'user-agent',
];
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded; charset=utf-7',
  '',
];

let world: FuzzWorld;
beforeAll(async () => {
  world = await openFuzzWorld();
});
afterAll(() => world.close());

const encoded = (text: string) => encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: hostileText },
);

function inputs(handles: string[]): fc.Arbitrary<Sent> {
  const value = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...handles) },
    { weight: 3, arbitrary: hostileText },
  );
  const pair = fc.tuple(name, value).map(([key, is]) => `${encoded(key)}=${encoded(is)}`);
  const query = fc.oneof(
    { weight: 6, arbitrary: fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '%',
        '%zz',
        'h=%c0%ae',
        'h[]=1&h[]=2',
        'h=1&h=2',
        '&&==',
        '?h',
        '#x',
        'h=%00',
      ),
    },
  );
  const cookie = fc.tuple(fc.constantFrom(...COOKIES), value).map(([key, is]) => `${key}=${is}`);
  const headers = fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...HEADERS), hostileText), { maxLength: 3 }),
      fc.array(cookie, { maxLength: 3 }),
    )
    .map(([pairs, cookies]) => ({
      host: 'keyturn.example.test',
      ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
      ...Object.fromEntries(pairs),
    }));
  const paths = world.endpoints.map(({ path }) => path);
  const path = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...paths) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '/',
        '/healthz',
        '/readyz',
        '//',
        '/..;/',
        '/signin',
        '/agents/v2/beat',
        '/%2e%2e/',
      ),
    },
    { weight: 1, arbitrary: hostileText.map((text) => `/${encoded(text)}`) },
  );
  const body = fc.oneof(
    fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&')),
    fc.json(),
    hostileText,
  );
  return fc
    .record({
      path,
      query,
      headers,
      body,
      type: fc.constantFrom(...TYPES),
      method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT'),
    })
    .map(({ path: at, query: asked, headers: given, body: sent, type, method }) => ({
      method: method as Sent['method'],
      path: asked ? `${at}?${asked}` : at,
      headers: { ...(type && { 'content-type': type }), ...given },
      ...(method === 'POST' || method === 'PUT' ? { body: sent } : {}),
    }));
}

test(
  '7,000 requests to every existing page leave the bot undamaged',
  async () => {
    const handles = [await world.signInHandle(), await world.signInHandle(), 'x'.repeat(43)];
    const before = await world.keptOf('fabrikam');
    const watched = watchProcess();
    const { send, close } = createSender(world.port);
    const statuses = await fuzzed(7_000, inputs(handles), send);
    expect((await send({ method: 'GET', path: '/healthz' })).status).toBe(200);
    close();
    watched.stop();
    expect(watched.faults).toEqual([]);
    expect(await world.keptOf('fabrikam')).toBe(before);
    // The requests reached the pages, and not only the door.
    for (const status of [200, 400, 403, 404]) expect(shareOf(status, statuses)).toBeGreaterThan(0.005);
  },
  FUZZ_MS,
);
