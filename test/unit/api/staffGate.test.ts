import { browserEndpoints } from '../../../bot/endpoints';
import { installLink } from '../../../domain/agents/enrolment/installLink';
import { nameKeyOf } from '../../../domain/customers/customerName';
import type { HttpRequest, HttpResponse } from '../../../domain/http';
import { importListLink } from '../../../domain/imports/importListLink';
import { issueLink } from '../../../domain/links/issueLink';
import { hashOf } from '../../../domain/links/oneTime';
import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { leads } from '../../helpers/browser/pages';
import { FakeMicrosoft, OWN_TENANT_ID, stateOf } from '../../helpers/cloud/signInWorld';
import { samples } from '../../helpers/store/storeSamples';
import { API_KEY, integrationsWorld, issueKey } from '../../helpers/vendors/integrationsWorld';

const MINUTE = 60_000;
let world: ReturnType<typeof integrationsWorld>;
/** The person who signs in at the MSP's own Microsoft. */
let who: { tenantId: string; objectId: string; username: string };
let refusal: MicrosoftRefused | undefined;
let admins: string[];
let endpoints: ReturnType<typeof browserEndpoints>;

beforeEach(async () => {
  world = integrationsWorld();
  who = { tenantId: OWN_TENANT_ID, objectId: 'ada', username: 'ada@msp.example' };
  refusal = undefined;
  admins = ['ada'];
  const microsoft = new FakeMicrosoft();
  const asked = new Map<string, string>();
  const staff = {
    authorizeUrl: async ({ state, nonce, challenge }: Record<'state' | 'nonce' | 'challenge', string>) => {
      asked.set(challenge, nonce);
      return `https://login.test/msp?${new URLSearchParams({ state })}`;
    },
    redeem: async ({ verifier, nonce }: { verifier: string; nonce: string }) => {
      if (refusal) throw refusal;
      if (asked.get(hashOf(verifier)) !== nonce) throw new MicrosoftRefused('codeUsed');
      return who;
    },
    refused: () => new MicrosoftRefused('declined'),
  };
  const deps = {
    ...world.deps,
    provider: microsoft,
    directory: microsoft,
    staff,
    publicUrl: 'https://keyturn.test',
    ownTenantId: OWN_TENANT_ID,
    firstAdmins: admins,
  };
  endpoints = browserEndpoints(deps, '/nowhere');
  const contoso = {
    ...samples.customers.make(1),
    id: 'contoso',
    name: 'Contoso',
    nameKey: nameKeyOf('Contoso'),
  };
  await world.deps.stores.customers.insert('contoso', contoso);
  await world.deps.stores.importRuns.insert('run', {
    ...samples.importRuns.make(1),
    state: 'done',
    expiresAt: world.clock.now() + 60 * MINUTE,
  });
});

/** A browser with its own cookies. */
function browser() {
  const cookies: Record<string, string> = {};
  const ask = async (method: 'GET' | 'POST', url: string, body?: object): Promise<HttpResponse> => {
    const { pathname: path, searchParams } = new URL(url, 'https://keyturn.test');
    const endpoint = endpoints.find((one) => one.path === path && one.method === method);
    if (!endpoint) return { status: 405, headers: {}, body: '' };
    const query = Object.fromEntries(searchParams);
    const request: HttpRequest = { method, path, query, cookies, requestId: 'r', ...(body && { body }) };
    const answer = await endpoint.handle(request);
    for (const set of answer.cookies ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies[name] = value;
    }
    return answer;
  };
  const look = (url: string) => ask('GET', url);
  const goOn = (url: string, more: object = {}) => {
    const { pathname, searchParams } = new URL(url, 'https://keyturn.test');
    return ask('POST', pathname, { ...Object.fromEntries(searchParams), ...more });
  };
  const back = (page: HttpResponse) => look(`/signin/callback?code=c&state=${stateOf(leads(page))}`);
  return { cookies, look, goOn, back };
}

const issueList = async () =>
  (await issueLink(world.deps, importListLink, world.ada, { runId: 'run' })).handle;
const PAGES = [
  [
    '/agents/install',
    async () => (await issueLink(world.deps, installLink, world.ada, { customerId: 'contoso' })).handle,
    'Agent for Contoso',
  ],
  ['/imports/list', issueList, 'Upstream id'],
  ['/integrations/key', async () => (await issueKey(world)).handle, 'type="password"'],
] as const;

const textOf = async ({ body }: HttpResponse): Promise<string> => {
  if (typeof body === 'string' || body instanceof Buffer) return String(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
};

describe.each(PAGES)('%s', (path, issue, shown) => {
  let url: string;
  beforeEach(async () => {
    url = `${path}?h=${await issue()}`;
  });

  it('shows the page to its owner after the sign-in, and again in the same browser', async () => {
    const { look, goOn, back } = browser();
    const begun = await goOn(url);
    expect(leads(begun)).toContain('https://login.test/msp');
    expect(begun.cookies?.[0]).toMatch(/HttpOnly; SameSite=Lax; Secure$/);
    const returned = await back(begun);
    expect(leads(returned)).toBe(`https://keyturn.test${url}`);
    for (let time = 0; time < 2; time++) expect(await textOf(await look(url))).toContain(shown);
  });

  it('a look binds nothing, uses up nothing and tells nothing', async () => {
    for (let time = 0; time < 3; time++) {
      const page = await browser().look(url);
      expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Sign in') });
      expect(page.cookies).toBeUndefined();
      expect(page.body).not.toMatch(/Contoso|ada/);
    }
    expect((await world.deps.stores.visits.list({ limit: 9 })).items).toEqual([]);
    const { look, goOn, back } = browser();
    await back(await goOn(url));
    expect(await textOf(await look(url))).toContain(shown);
  });

  it('shows the page to nobody before the sign-in, and to no other browser after it', async () => {
    const [mine, other] = [browser(), browser()];
    const begun = await mine.goOn(url);
    expect(await textOf(await mine.look(url))).not.toContain(shown);
    for (const answer of [await other.goOn(url), await other.look(url), await other.back(begun)]) {
      expect(answer.status).toBe(403);
      expect(await textOf(answer)).toContain('another browser');
    }
    await mine.back(begun);
    expect((await other.look(url)).status).toBe(403);
    expect((await other.goOn(url, { csrf: 'x'.repeat(43), key: API_KEY })).status).toBe(403);
    expect((await mine.back(begun)).status).not.toBe(200);
  });

  it.each([
    ['a colleague', { objectId: 'adam' }],
    ['the same id in another tenant', { tenantId: '00000000-0000-4000-8000-0000000000bb' }],
  ])('does not show the page to %s, notes the try, and still shows it to the owner', async (_who, else_) => {
    const { look, goOn, back } = browser();
    const right = { ...who };
    who = { ...who, ...else_, username: 'somebody@msp.example' };
    const refused = await back(await goOn(url));
    expect(refused).toMatchObject({
      status: 403,
      body: expect.stringContaining('somebody@msp.example signed in'),
    });
    expect(await textOf(await look(url))).not.toContain(shown);
    const { items } = await world.deps.stores.audit.list({ limit: 99 });
    expect(items.map(({ value }) => value)).toContainEqual(
      expect.objectContaining({
        action: 'access.refused',
        reason: expect.stringContaining('somebody@msp.example'),
      }),
    );
    who = right;
    await back(await goOn(url));
    expect(await textOf(await look(url))).toContain(shown);
  });

  it('shows no page when Microsoft refuses, when the link is too old, or for a made-up link', async () => {
    refusal = new MicrosoftRefused('adminConsentNeeded');
    const { look, goOn, back } = browser();
    expect(await back(await goOn(url))).toMatchObject({
      status: 403,
      body: expect.stringContaining('Your own company’s Microsoft Entra does not let you sign in'),
    });
    refusal = undefined;
    const begun = await goOn(url);
    world.clock.advance(10 * MINUTE);
    for (const answer of [await back(begun), await look(url), await goOn(url)])
      expect(answer.status).toBeGreaterThanOrEqual(403);
    for (const made of ['', '?h=short', `?h=${'x'.repeat(43)}`, `?h=${'x'.repeat(5000)}`])
      for (const answer of [await look(`${path}${made}`), await goOn(`${path}${made}`)])
        expect(answer.status).toBe(404);
  });

  it('asks nobody to sign in when its owner has lost the role', async () => {
    admins.length = 0;
    for (const answer of [await browser().look(url), await browser().goOn(url)])
      expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('who may not') });
    expect((await world.deps.stores.visits.list({ limit: 9 })).items).toEqual([]);
  });

  it('shows nothing and takes nothing after the sign-in when its owner has lost the role', async () => {
    const { look, goOn, back } = browser();
    await back(await goOn(url));
    const csrf = /name="csrf" value="([^"]+)"/.exec(await textOf(await look(url)))?.[1];
    admins.length = 0;
    expect(await look(url)).toMatchObject({ status: 403, body: expect.stringContaining('who may not') });
    expect((await goOn(url, csrf ? { csrf, key: API_KEY } : {})).status).toBeGreaterThanOrEqual(403);
    expect(world.sources.tested).toEqual([]);
  });

  it('a cookie from before the sign-in opens nothing: an attacker who planted it in the owner’s browser learns nothing', async () => {
    const [attacker, victim] = [browser(), browser()];
    await attacker.goOn(url);
    Object.assign(victim.cookies, attacker.cookies);
    await victim.back(await victim.goOn(url));
    expect(await textOf(await attacker.look(url))).not.toContain(shown);
    expect((await attacker.goOn(url)).status).toBe(403);
    expect(await textOf(await victim.look(url))).toContain(shown);
  });

  it('gives the link to one of two browsers that go on in the same moment', async () => {
    const both = [browser(), browser()];
    const answers = await Promise.all(both.map(({ goOn }) => goOn(url)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('keeps neither handle, cookie nor state in the store or the log', async () => {
    const { cookies, goOn, back } = browser();
    const begun = await goOn(url);
    const [secret = '', handle = ''] = Object.values(cookies)[0]?.split('.') ?? [];
    const kept = JSON.stringify([await world.deps.stores.visits.list({ limit: 9 }), world.logged]);
    await back(begun);
    const after = JSON.stringify([await world.deps.stores.visits.list({ limit: 9 }), world.logged]);
    for (const one of [secret, handle, stateOf(leads(begun))]) {
      expect(one.length).toBeGreaterThan(20);
      expect(kept + after).not.toContain(one);
    }
  });
});

it.each(PAGES.slice(0, 2))('%s: one browser can have two links open', async (path, issue, shown) => {
  const { goOn, back, look } = browser();
  const links = [`${path}?h=${await issue()}`, `${path}?h=${await issue()}`];
  const begun = [];
  for (const link of links) begun.push({ link, page: await goOn(link) });
  for (const { link, page } of begun) {
    expect(leads(await back(page))).toBe(`https://keyturn.test${link}`);
    expect(await textOf(await look(link))).toContain(shown);
  }
});
