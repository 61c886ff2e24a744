import { createAgentInstallPage } from '../../../api/agentInstall';
import { gated } from '../../../api/staffGate';
import { installLink } from '../../../domain/agents/enrolment/installLink';
import { issueLink } from '../../../domain/links/issueLink';
import { hashOf } from '../../../domain/links/oneTime';
import { OWN_TENANT_ID, type SignInWorld, signInWorld } from '../../helpers/cloud/signInWorld';
import { samples } from '../../helpers/store/storeSamples';

const PATH = '/agents/install/enrolled';
let world: SignInWorld;
let endpoints: ReturnType<typeof gated>;
let admins: string[];
let handle: string;

beforeEach(async () => {
  world = await signInWorld();
  admins = ['tess', 'tom'];
  const deps = { ...world.deps, firstAdmins: admins, agentProgram: async () => ({ sha256: 'ab' }) };
  const gate = { ...deps, staff: {} as never, ownTenantId: OWN_TENANT_ID, secureCookies: true };
  endpoints = gated(gate, createAgentInstallPage(deps));
  const link = await issueLink(world.deps, installLink, world.tess, { customerId: 'contoso' });
  handle = link.handle;
  await world.deps.stores.visits.insert(link.id, {
    kind: 'installAgent',
    person: { id: 'tess', name: 'tess' },
    conversationId: 'a',
    stage: 'proved',
    cookieHash: hashOf('secret'),
    expiresAt: link.expiresAt,
  });
});

const ask = (method: 'GET' | 'POST', path: string, secret: string | undefined = 'secret', h = handle) => {
  const endpoint = endpoints.find((one) => one.path === path && one.method === method);
  const cookies = { [`keyturn-visit-${hashOf(h).slice(0, 16)}`]: `${secret}.${h}` };
  const given = method === 'GET' ? { query: { h } } : { query: {}, body: { h } };
  return endpoint?.handle({ method, path, cookies, requestId: 'r', ...given });
};
const rows = async () => JSON.parse(String((await ask('GET', PATH))?.body));
const tokens = async () => (await world.deps.stores.installTokens.list({ limit: 9 })).items;

test('the open page hears which agents enrolled with its commands', async () => {
  const page = await ask('POST', '/agents/install');
  expect(page?.body).toContain(`data-asks="${PATH}?h=${handle}"`);
  expect(page?.headers['Content-Security-Policy']).toContain("connect-src 'self'");
  expect(await rows()).toEqual([
    { id: 'domainControllerEnrolled', text: 'Waiting for a domain controller …', done: false },
    { id: 'otherServerEnrolled', text: 'Waiting for another server …', done: false },
  ]);
  const token = (await tokens()).find(({ value }) => value.place === 'domainController');
  if (!token) throw new Error('no token');
  const used = { machineId: 'machine-1', key: 'k', at: world.clock.now() };
  await world.deps.stores.installTokens.replace(token, { ...token.value, used });
  const agent = samples.agents.make(1);
  const machine = { ...agent.machine, id: 'machine-1', name: 'DC1\u202e' };
  await world.deps.stores.agents.insert('agent', { ...agent, customerId: 'contoso', machine });
  expect((await rows())[0]).toEqual({ id: 'domainControllerEnrolled', text: '✓ DC1 enrolled', done: true });
});

test.each<[string, () => void, string | undefined, number]>([
  ['another browser', () => undefined, 'other', 403],
  ['its owner without the role', () => admins.splice(0), 'secret', 403],
  ['a link that is too old', () => world.clock.advance(10 * 60_000), 'secret', 403],
])('%s hears nothing', async (_who, change, secret, status) => {
  await ask('POST', '/agents/install');
  change();
  expect(await ask('GET', PATH, secret)).toMatchObject({ status, headers: { 'Cache-Control': 'no-store' } });
});

test('nobody hears anything before the commands were made, or of a link that nobody made', async () => {
  expect(await ask('GET', PATH)).toMatchObject({ status: 404 });
  expect(await ask('GET', PATH, 'secret', 'x'.repeat(43))).toMatchObject({ status: 403 });
});
