import { linkUrl } from '../../../../api/page';
import { createSignInPage } from '../../../../api/signIn';
import { createSignInProvider } from '../../../../connectors/graph/createSignInProvider';
import { createTenantDirectory } from '../../../../connectors/graph/createTenantDirectory';
import { office365Label } from '../../../../domain/tenants/office365Label';
import { runChecks } from '../../../../domain/tenants/runChecks';
import { signInLink } from '../../../../domain/tenants/signIn/signInLink';
import { signInState } from '../../../../domain/tenants/signIn/signInState';
import { leads } from '../../../helpers/browser/pages';
import { openGraphWorld, pickOn } from '../../../helpers/cloud/graphWorld';
import { REDIRECT_URI } from '../../../helpers/cloud/microsoftWorld';
import { connectByCode, issue, type SignInWorld, signInWorld } from '../../../helpers/cloud/signInWorld';

const NANCY = 'nancy.davolio@northwindtraders.example';

let graph: Awaited<ReturnType<typeof openGraphWorld>>;
let world: SignInWorld;
beforeEach(async () => {
  graph = await openGraphWorld();
  world = await signInWorld();
  world.deps = {
    ...world.deps,
    log: graph.lines.log,
    publicUrl: new URL(REDIRECT_URI).origin,
    ownTenantId: 'none',
  };
  Object.assign(world.deps, {
    provider: createSignInProvider(graph.settings),
    directory: createTenantDirectory(graph.settings),
  });
});
afterEach(() => graph.world.close());

/** Walks a browser through the pages of both sides, until it reaches one of ours that ends the way. */
async function walk(username: string): Promise<string> {
  const { endpoints } = createSignInPage({ ...world.deps, teamsJs: '', secureCookies: false });
  const { handle } = await issue(world);
  const cookies: Record<string, string> = {};
  let url = new URL(linkUrl(world.deps.publicUrl, signInLink, handle));
  for (let page = 0; page < 6; page++) {
    const { pathname: path, searchParams } = url;
    const method = path === '/signin/start' ? 'POST' : 'GET';
    const ours = endpoints.find((endpoint) => endpoint.path === path && endpoint.method === method);
    if (!ours) throw new TypeError(`no such page: ${path}`);
    const query = Object.fromEntries(searchParams);
    const response = await ours.handle({ method, path, query, body: query, cookies, requestId: 'r' });
    const set = /^([^=]+)=([^;]*)/.exec(response.cookies?.[0] ?? '');
    if (set) cookies[String(set[1])] = String(set[2]);
    const { Location = leads(response) } = response.headers;
    if (!Location) return String(response.body);
    url = await pickOn(graph.world, Location, username);
  }
  throw new TypeError('the browser goes in circles');
}

const codeOn = (page: string) => /data-code="(\d{6})"/.exec(page)?.[1] ?? '';

test('an administrator signs in and consents, the code comes back, and every check turns green', async () => {
  const code = codeOn(await walk(NANCY));
  await connectByCode(world, { conversationKey: 'chat', customerId: 'contoso', code });
  const done = await runChecks(
    world.deps,
    world.tess,
    { customerId: 'contoso', requestId: 't' },
    () => undefined,
  );
  expect(office365Label(done.value.office365)).toEqual({ tag: 'connected', text: 'connected' });
  expect(done.value.office365).toMatchObject({ tenant: { displayName: 'Northwind Traders' } });
  expect(graph.lines.text()).not.toContain(code);
});

test.each([
  ['an ordinary user', 'andrew.fuller@northwindtraders.example', /Global Administrator/],
  ['an administrator who declines', 'sofia.marino@litware.example', /not granted/],
  ['Conditional Access', 'henrik.lund@woodgrove.example', /Conditional Access/],
  ['a personal account', 'robin.hale@outlook.example', /personal|work account/],
])('the page and the chat refuse %s', async (_name, username, sentence) => {
  expect(await walk(username)).toMatch(sentence);
  expect(await signInState(world.deps, world.tess, 'chat')).toMatchObject({
    stage: 'ended',
    sentence: expect.stringMatching(sentence),
  });
});
