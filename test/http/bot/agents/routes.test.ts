import { AGENT_PATHS, PROTOCOL } from '../../../../domain/agentProtocol/protocol';
import { bodyHashOf, SCHEME } from '../../../../domain/agentProtocol/signature';
import { rawStatuses } from '../../../helpers/bot/rawHttp';
import { allOf, beatOf, reset } from '../../../helpers/bot/servingWorld';
import { useAgent, useServing } from '../../../helpers/bot/useServing';

const world = useServing();
const agent = useAgent(world);

/** A body, and its signature for `path`. */
async function signedBody(path: string, body: object) {
  const bytes = Buffer.from(JSON.stringify({ protocol: PROTOCOL, ...body }));
  const iat = Math.floor(world.clock.now() / 1000);
  const claims = {
    ...{ aud: 'https://keyturn.example.test', iat, exp: iat + 60, jti: crypto.randomUUID() },
    ...{ method: 'POST', path, body: bodyHashOf(bytes) },
  };
  return { bytes, authorization: `${SCHEME} ${await agent.signer.sign(agent.id, claims)}` };
}

/** A request signed for `path`, as bytes that ask `host` for `target`. */
async function signed(path: string, body: object, { host, target }: { host: string; target: string }) {
  const { bytes, authorization } = await signedBody(path, body);
  const lines = [
    `POST ${target} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: ${authorization}`,
    'Content-Type: application/json',
    `Content-Length: ${bytes.byteLength}`,
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${bytes}`;
}
const batch = () => ({
  stream: '11111111-0000-4000-8000-000000000000',
  events: [reset(1, world.clock.now())],
});
const { beat, events } = AGENT_PATHS;

test.each([
  ['a Host that carries a path', { host: `x${events}?`, target: beat }, 400],
  ['a Host that carries a path, on our own name', { host: `localhost${events}?`, target: beat }, 400],
  ['an absolute target', { host: 'localhost', target: `http://localhost${events}` }, 400],
  ['a target that goes up', { host: 'localhost', target: `/agents/v1/beat/../events` }, 400],
  ['an escaped target', { host: 'localhost', target: '/agents/v1/%65vents' }, 400],
  ['a backslash', { host: 'localhost', target: '/agents/v1\\events' }, 400],
  ['the target of another endpoint', { host: 'localhost', target: events }, 401],
])('a request signed for “beat” is not carried out as “events”: %s', async (_what, to, status) => {
  const before = await allOf(world.stores);
  const { port } = new URL(world.bot.url);
  expect(await rawStatuses(Number(port), await signed(beat, batch(), to))).toEqual([status]);
  expect(await allOf(world.stores)).toEqual(before);
});

test('a query changes nothing, and a slash at the end makes another path', async () => {
  const { port } = new URL(world.bot.url);
  const spelled = { host: 'localhost', target: `${beat}?x=${events}` };
  expect(await rawStatuses(Number(port), await signed(beat, beatOf(), spelled))).toEqual([200]);
  const slash = { host: 'localhost', target: `${beat}/` };
  expect(await rawStatuses(Number(port), await signed(`${beat}/`, beatOf(), slash))).not.toEqual([200]);
});

test('a request that a router brings to “events” counts there only when it is signed for “events”, whatever its path was', async () => {
  const at = world.bot.endpoints.find(({ path }) => path === events);
  const given = async (path: string, signedFor: string) => {
    const raw = {
      ...(await signedBody(signedFor, batch())),
      ...{ contentType: 'application/json', ended: new AbortController().signal },
    };
    const request = { method: 'POST', path, query: {}, cookies: {}, raw, requestId: 'request-1' } as const;
    return (await at?.handle(request))?.status;
  };
  const before = await allOf(world.stores);
  expect(await given(beat, beat)).toBe(401);
  expect(await allOf(world.stores)).toEqual(before);
  expect(await given(beat, events)).toBe(200);
});
