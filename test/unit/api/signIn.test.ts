import { linkUrl } from '../../../api/page';
import { createSignInPage } from '../../../api/signIn';
import type { HttpRequest, HttpResponse } from '../../../domain/http';
import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { REFUSALS } from '../../../domain/tenants/refusals/refusalTable';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import { FOREIGN } from '../../../domain/tenants/signIn/signInSentences';
import { leads } from '../../helpers/browser/pages';
import { issue, type SignInWorld, signInWorld, stateOf, TENANT_ID } from '../../helpers/cloud/signInWorld';

let world: SignInWorld;
let logged: object[];
beforeEach(async () => {
  world = await signInWorld();
  logged = [];
  world.deps.log = { ...world.deps.log, error: (fields) => void logged.push(fields) };
});

/** A browser with one cookie, which talks only to the handlers. */
function browser(secureCookies = true) {
  const { endpoints } = createSignInPage({ ...world.deps, teamsJs: 'teams()', secureCookies });
  const cookies: Record<string, string> = {};
  const get = async (url: string, more: Partial<HttpRequest> = {}): Promise<HttpResponse> => {
    const { pathname, searchParams } = new URL(url, 'https://keyturn.test');
    const { method = 'GET' } = more;
    const endpoint = endpoints.find((one) => one.path === pathname && one.method === method);
    if (!endpoint) throw new TypeError(`no endpoint ${pathname}`);
    const query = Object.fromEntries(searchParams);
    const response = await endpoint.handle({
      method,
      path: pathname,
      query,
      cookies,
      requestId: 'req-1',
      ...more,
    });
    for (const set of response.cookies ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies[name] = value;
    }
    return response;
  };
  /** Goes on from the link's page, as its button does. */
  const goOn = (url: string) => {
    const { pathname, searchParams } = new URL(url);
    return get(pathname, { method: 'POST', body: Object.fromEntries(searchParams) });
  };
  return { get, goOn, cookies };
}

const link = async () => linkUrl('https://keyturn.test', signInLink, (await issue(world)).handle);
const started = async (b = browser()) => {
  const response = await b.goOn(await link());
  return { ...b, response, state: stateOf(leads(response)) };
};

test('goes the whole way: to Microsoft, to the consent, to the page with the code', async () => {
  const { get, response, state } = await started();
  expect(response).toMatchObject({
    status: 200,
    headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  });
  expect(response.cookies?.[0]).toMatch(
    /^keyturn-signin=[\w-]{43}; Path=\/signin; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  );
  const consent = await get(`/signin/callback?code=c&state=${state}&session_state=x`);
  expect(consent.headers.Location).toContain(`https://login.test/${TENANT_ID}/adminconsent`);
  const end = await get(
    `/signin/consent?admin_consent=True&tenant=evil&state=${stateOf(consent.headers.Location ?? '')}`,
  );
  expect(end.status).toBe(200);
  expect(end.body).toMatch(/data-code="\d{6}"/);
  expect(end.body).toContain('Signed in for Contoso');
  expect(end.body).not.toContain('evil');
  expect(end.cookies?.[0]).toContain('keyturn-signin=; Path=/signin; Max-Age=0');
});

test('looking binds and uses up nothing; only the first browser that goes on owns the link', async () => {
  const url = await link();
  const before = await world.deps.stores.oneTimeLinks.list({ limit: 9 });
  const looks = [browser(), browser(), browser()];
  for (const { get, cookies } of looks) {
    const page = await get(url);
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Go on to Microsoft') });
    expect(page.headers['Content-Security-Policy']).toContain("form-action 'self'");
    expect([page.cookies, cookies]).toEqual([undefined, {}]);
  }
  expect(await world.deps.stores.oneTimeLinks.list({ limit: 9 })).toEqual(before);
  const [first = browser(), second = browser()] = looks;
  expect(leads(await first.goOn(url))).toContain('https://login.test/authorize');
  expect(await second.goOn(url)).toMatchObject({
    status: 403,
    body: expect.stringContaining(escapedIn(String(signInLink.words.otherBrowser))),
  });
  expect(leads(await first.goOn(url))).toContain('https://login.test/authorize');
});

test('pages run no inline or foreign script and cannot be framed', async () => {
  const page = await browser().get('/signin/callback');
  const policy = page.headers['Content-Security-Policy'] ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(page.headers).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
  expect(String(page.body)).not.toMatch(/<script(?![^>]* src="\/(signin\/|page\.js"))| on\w+=|style="/);
});

test('sends the cookie without Secure only where the settings allow it', async () => {
  const { response } = await started(browser(false));
  expect(response.cookies?.[0]).toMatch(/SameSite=Lax$/);
});

test.each([
  ['no handle', '/signin/start', 404, signInLink.words.notOpen],
  ['an unknown handle', `/signin/start?h=${'x'.repeat(43)}`, 404, signInLink.words.notOpen],
  ['an overlong handle', `/signin/start?h=${'x'.repeat(5000)}`, 404, signInLink.words.notOpen],
  ['no state', '/signin/callback?code=c', 403, FOREIGN],
  ['a foreign state', '/signin/callback?code=c&state=foreign', 403, FOREIGN],
  ['an overlong state', `/signin/callback?code=c&state=${'x'.repeat(5000)}`, 404, FOREIGN],
  ['a foreign consent', '/signin/consent?admin_consent=True&state=foreign', 403, FOREIGN],
])('refuses %s', async (_name, url, status, sentence) => {
  const page = await (await started()).get(url);
  expect(page.status).toBe(status);
  expect(page.body).toContain(escapedIn(sentence));
  expect(page.body).toContain('choose <strong>New sign-in link</strong> in the chat');
  expect(page.body).toMatch(
    /data-failure="SignInRefused"[\s\S]*<button id="back"[^>]* hidden>Back to the chat/,
  );
});

test('refuses a missing or foreign cookie, a replay and an expired state', async () => {
  const { get, state } = await started();
  const url = `/signin/callback?code=c&state=${state}`;
  for (const cookies of [{}, { 'keyturn-signin': 'foreign' }]) {
    const page = await get(url, { cookies });
    expect(page).toMatchObject({
      status: 403,
      body: expect.stringContaining(escapedIn(String(signInLink.words.otherBrowser))),
    });
  }
  expect((await get(url)).status).toBe(302);
  expect((await get(url)).status).toBe(403);
  const late = await started();
  world.clock.advance(11 * 60 * 1000);
  expect((await late.get(`/signin/callback?code=c&state=${late.state}`)).status).toBe(403);
});

test('the query never decides where a page leads, and no page shows it', async () => {
  const { get, state } = await started();
  const evil = 'https%3A%2F%2Fevil.test%2F%3Cscript%3E';
  const page = await get(
    `/signin/callback?state=${state}&error=${evil}&error_description=${evil}&redirect_uri=${evil}`,
  );
  expect(page.headers.Location).toBeUndefined();
  expect(page.body).not.toContain('evil');
});

test('a page shows a customer’s name as text, with any characters', async () => {
  const found = await world.deps.stores.customers.get('contoso');
  if (found)
    await world.deps.stores.customers.replace(found, {
      ...found.value,
      name: '<img src=x onerror="alert(1)">',
    });
  world.microsoft.consented.add(TENANT_ID);
  const { get, state } = await started();
  const page = await get(`/signin/callback?code=c&state=${state}`);
  expect(page.body).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;');
  expect(page.body).not.toContain('<img');
});

test('the page says so when it cannot reach Microsoft at the start', async () => {
  world.microsoft.authorizeUrl = async () => Promise.reject(new MicrosoftRefused('unavailable'));
  const page = await browser().goOn(await link());
  expect(page).toMatchObject({
    status: 502,
    body: expect.stringContaining(escapedIn(REFUSALS.unavailable.signIn)),
  });
});

test('after an unknown failure the browser learns only a reference', async () => {
  world.microsoft.redeem = async () => Promise.reject(new TypeError('secret detail'));
  const { get, state } = await started();
  const page = await get(`/signin/callback?code=c&state=${state}`);
  expect(page).toMatchObject({ status: 500, body: expect.stringContaining('req-1') });
  expect(page.body).not.toContain('secret detail');
  expect(logged).toEqual([expect.objectContaining({ requestId: 'req-1', path: '/signin/callback' })]);
});

test('the scripts come from our own origin', async () => {
  const { get } = browser();
  expect(await get('/signin/teams-js.js')).toMatchObject({ status: 200, body: 'teams()' });
  const page = await get('/signin/page.js');
  expect(page.headers['Content-Type']).toContain('text/javascript');
  expect(page.body).toContain('notifySuccess(code)');
});

const escapedIn = (sentence: string) => sentence.replaceAll("'", '&#39;');
