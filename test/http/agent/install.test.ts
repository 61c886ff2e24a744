import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAgentDownload } from '../../../api/agentDownload';
import { createAgentInstallPage } from '../../../api/agentInstall';
import { linkUrl } from '../../../api/page';
import { createAgentProgram } from '../../../bot/agents/agentProgram';
import { installLink } from '../../../domain/agents/enrolment/installLink';
import { issueLink } from '../../../domain/links/issueLink';
import { hashOf } from '../../../domain/links/oneTime';
import { start } from '../../helpers/bot/runningServer';
import { technician } from '../../helpers/bot/technician';
import { actor, type SignInWorld, signInWorld } from '../../helpers/cloud/signInWorld';

const exe = randomBytes(300_000);
const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-agent-program-'));
let world: SignInWorld;
let server: Awaited<ReturnType<typeof start>>;

beforeAll(() => {
  writeFileSync(path.join(folder, 'keyturn-agent.exe'), exe);
  const sum = createHash('sha256').update(exe).digest('hex');
  writeFileSync(path.join(folder, 'keyturn-agent.exe.sha256'), `${sum}  keyturn-agent.exe\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  world = await signInWorld();
  const { program, file } = createAgentProgram(folder);
  for (const id of ['tess', 'tom']) await world.deps.stores.people.insert(id, technician(id));
  server = await start({
    endpoints: [
      ...createAgentInstallPage({ ...world.deps, firstAdmins: [], agentProgram: program }).endpoints,
      createAgentDownload(file),
    ],
  });
});
afterEach(() => server.server.stop());

const issued = async (): Promise<string> =>
  (await issueLink(world.deps, installLink, actor('tess'), { customerId: 'contoso' })).handle;
const pathOf = (handle: string) => {
  const url = new URL(linkUrl('https://keyturn.test', installLink, handle));
  return `${url.pathname}${url.search}`;
};
const get = (where: string) => fetch(`${server.url}${where}`);
const post = (handle: string) =>
  fetch(`${server.url}/agents/install`, { method: 'POST', body: new URLSearchParams({ h: handle }) });
const tokens = async () => (await world.deps.stores.installTokens.list({ limit: 10 })).items;

test('the page names the customer and makes nothing; the form shows the line once', async () => {
  const handle = await issued();
  const page = await (await get(pathOf(handle))).text();
  expect(page).toContain('Agent for Contoso');
  expect(page).toContain('tess asked for this page');
  expect(await tokens()).toEqual([]);
  const shown = await post(handle);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer');
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await shown.text();
  const shownTokens = [...text.matchAll(/KEYTURN_INSTALL_TOKEN = &#39;([\w-]+)&#39;/g)];
  const [forController = '', forOther = ''] = shownTokens.map(([, token = '']) => token);
  const kept = new Map((await tokens()).map(({ id, value }) => [id, value.place]));
  expect(kept).toEqual(
    new Map([
      [hashOf(forController), 'domainController'],
      [hashOf(forOther), 'otherServer'],
    ]),
  );
  expect(text).toContain(createHash('sha256').update(exe).digest('hex'));
  const again = await post(handle);
  expect(again.status).toBe(404);
  expect(await again.text()).toContain('Install agent');
  expect(await tokens()).toHaveLength(2);
});

test('there is a line for a domain controller and one for another server, each for PowerShell and for an RMM tool', async () => {
  const text = await (await post(await issued())).text();
  const copied = [...text.matchAll(/data-copies="(\w+)"/g)].map(([, id]) => id);
  expect(copied).toEqual([
    'domainControllerLine',
    'domainControllerRmm',
    'otherServerLine',
    'otherServerRmm',
  ]);
  const lines = copied.map((id) => new RegExp(`<pre id="${id}"[^>]*>([^<]*)</pre>`).exec(text)?.[1] ?? '');
  const scripts = lines.map((line) => {
    const [, encoded] = / -EncodedCommand (\S+)$/.exec(line) ?? [];
    return encoded ? Buffer.from(encoded, 'base64').toString('utf16le') : line;
  });
  expect(scripts.map((script) => script.includes(' --make-certificate --make-account --quiet'))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(await tokens()).toHaveLength(2);
});

test('the store holds the token nowhere', async () => {
  const handle = await issued();
  const text = await (await post(handle)).text();
  const token = /KEYTURN_INSTALL_TOKEN = &#39;([\w-]+)&#39;/.exec(text)?.[1] ?? 'none';
  const all = await Promise.all(
    (['installTokens', 'oneTimeLinks', 'audit'] as const).map((name) =>
      world.deps.stores[name].list({ limit: 100 }),
    ),
  );
  expect(token).toHaveLength(43);
  expect(JSON.stringify(all)).not.toContain(token);
  expect(JSON.stringify(all)).not.toContain(handle);
});

test.each<[string, () => Promise<Response>, number]>([
  ['a link that nobody made', () => get(pathOf('x'.repeat(43))), 404],
  ['no handle', () => get('/agents/install'), 404],
  ['a form without a handle', () => post(''), 404],
  ['a form that nobody made a link for', () => post('y'.repeat(43)), 404],
])('%s shows no line', async (_name, ask, status) => {
  expect((await ask()).status).toBe(status);
  expect(await tokens()).toEqual([]);
});

test('a link older than ten minutes shows no line', async () => {
  const handle = await issued();
  world.clock.advance(10 * 60_000);
  expect((await post(handle)).status).toBe(404);
  expect(await tokens()).toEqual([]);
});

test('a person who lost the role meanwhile gets no line', async () => {
  const handle = await issued();
  await world.deps.stores.people.remove('tess');
  expect((await get(pathOf(handle))).status).toBe(403);
  expect((await post(handle)).status).toBe(403);
  expect(await tokens()).toEqual([]);
});

test('a link used twice at one moment shows one line', async () => {
  const handle = await issued();
  const answers = await Promise.all([post(handle), post(handle), post(handle)]);
  expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  expect(await tokens()).toHaveLength(2);
});

test('the download is the program as it was built', async () => {
  const answer = await get('/agents/download/keyturn-agent.exe');
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer()).equals(exe)).toBe(true);
});

test('clients that do not read their download make way for others', async () => {
  await server.server.stop();
  const piece = Buffer.alloc(256 * 1024);
  let ended = 0;
  const endless = async function* () {
    try {
      for (;;) yield piece;
    } finally {
      ended++;
    }
  };
  const endpoints = [createAgentDownload(async () => ({ bytes: 1024 ** 4, read: endless }))];
  server = await start({ endpoints, sendWithinMs: 300 });
  const deaf = Array.from({ length: 20 }, () => {
    const socket = connect(server.port, '127.0.0.1').pause();
    socket.on('error', () => undefined);
    socket.write('GET /agents/download/keyturn-agent.exe HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return socket;
  });
  while (ended < deaf.length) await new Promise((resolve) => setImmediate(resolve));
  const { status, body } = await get('/agents/download/keyturn-agent.exe');
  await body?.cancel();
  expect(status).toBe(200);
  for (const socket of deaf) socket.destroy();
});

test('without a built program the page says what the operator has to do, and the link stays valid', async () => {
  await server.server.stop();
  const { program } = createAgentProgram(path.join(folder, 'nowhere'));
  server = await start({
    endpoints: createAgentInstallPage({ ...world.deps, firstAdmins: [], agentProgram: program }).endpoints,
  });
  const handle = await issued();
  const answer = await post(handle);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('npm run agent:build');
  expect(await tokens()).toEqual([]);
});
