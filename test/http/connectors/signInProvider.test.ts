import { createSignInProvider } from '../../../connectors/graph/createSignInProvider';
import { hashOf } from '../../../domain/links/oneTime';
import { CONSENT_URI, openGraphWorld, pickOn } from '../../helpers/cloud/graphWorld';
import { REDIRECT_URI } from '../../helpers/cloud/microsoftWorld';

type GraphWorld = Awaited<ReturnType<typeof openGraphWorld>>;

const NORTHWIND = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01';
const NANCY = 'nancy.davolio@northwindtraders.example';
const VERIFIER = 'w'.repeat(43);

let world: GraphWorld['world'];
let settings: GraphWorld['settings'];

beforeEach(async () => {
  ({ world, settings } = await openGraphWorld());
});
afterEach(() => world.close());

/**
 * The values in the browser's redirect after `username` was picked, and Accept pressed where the page asks.
 */
async function pick(username: string, more: { nonce?: string } = {}) {
  const { nonce = 'nonce' } = more;
  const url = await createSignInProvider(settings).authorizeUrl({
    state: 'state',
    nonce,
    challenge: hashOf(VERIFIER),
    redirectUri: REDIRECT_URI,
  });
  const back = await pickOn(world, url, username);
  return { url: new URL(url), query: Object.fromEntries(back.searchParams) };
}

const redeem = (code = '', more: { verifier?: string; nonce?: string } = {}) =>
  createSignInProvider(settings).redeem({
    code,
    verifier: VERIFIER,
    nonce: 'nonce',
    redirectUri: REDIRECT_URI,
    ...more,
  });

describe('signing in', () => {
  test('asks any organization, with PKCE, state, nonce and an account picker', async () => {
    const { url, query } = await pick(NANCY);
    expect(url.pathname).toBe('/organizations/oauth2/v2.0/authorize');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: hashOf(VERIFIER),
      prompt: 'select_account',
      state: 'state',
      nonce: 'nonce',
    });
    expect(query.state).toBe('state');
  });

  test('asks for no refresh token, neither on the page nor with the code', async () => {
    const { url, query } = await pick(NANCY);
    await redeem(query.code);
    const asked = world.control.requests().flatMap(({ scope }) => scope ?? []);
    expect(asked).toHaveLength(1);
    for (const scopes of [url.searchParams.get('scope'), ...asked])
      expect(scopes?.split(' ').sort()).toEqual(['User.Read', 'openid', 'profile']);
  });

  test.each([true, false])('names the administrator and the tenant (wids in the token: %s)', async (wids) => {
    world.control.emitWids(wids);
    const { query } = await pick(NANCY);
    expect(await redeem(query.code)).toEqual({
      tenantId: NORTHWIND,
      objectId: 'a1c9d0f2-0000-4000-8000-000000000001',
      name: 'Nancy Davolio',
      username: NANCY,
      isGlobalAdministrator: true,
    });
  });

  test.each([true, false])('knows that an ordinary user is no administrator (wids: %s)', async (wids) => {
    world.control.emitWids(wids);
    world.control.grantConsent(NORTHWIND);
    const { query } = await pick('andrew.fuller@northwindtraders.example');
    expect(await redeem(query.code)).toMatchObject({ isGlobalAdministrator: false });
  });

  test('refuses a wrong verifier, a foreign nonce and a used code', async () => {
    const first = await pick(NANCY);
    await expect(redeem(first.query.code, { verifier: 'x'.repeat(43) })).rejects.toMatchObject({
      refusal: 'codeUsed',
    });
    const second = await pick(NANCY);
    await expect(redeem(second.query.code, { nonce: 'foreign' })).rejects.toThrow();
    const third = await pick(NANCY);
    await redeem(third.query.code);
    await expect(redeem(third.query.code)).rejects.toMatchObject({ refusal: 'codeUsed' });
  });

  test.each([
    ['53003', 'conditionalAccess'],
    ['53000', 'deviceNeeded'],
    ['50076', 'mfaNeeded'],
  ] as const)('names a policy by its kind, at the page and at the token: %s', async (code, refusal) => {
    const { refused } = createSignInProvider(settings);
    world.control.grantConsent(NORTHWIND);
    world.control.refusePerson(NANCY, { code, at: 'authorize' });
    const { query } = await pick(NANCY);
    expect(refused(query)).toMatchObject({ refusal, marks: { number: code } });
    world.control.refusePerson(NANCY, { code, at: 'token' });
    await expect(redeem((await pick(NANCY)).query.code)).rejects.toMatchObject({ refusal });
  });

  test('distinguishes our own expired secret from theirs', async () => {
    const { query } = await pick(NANCY);
    world.control.expireClientSecret(true);
    await expect(redeem(query.code)).rejects.toMatchObject({ refusal: 'ourCredential' });
  });

  test('the consent page belongs to the one tenant', async () => {
    const { consentUrl } = createSignInProvider(settings);
    const url = new URL(await consentUrl({ tenantId: NORTHWIND, state: 's', redirectUri: CONSENT_URI }));
    expect(url.pathname).toBe(`/${NORTHWIND}/v2.0/adminconsent`);
    const page = await world.call(`${world.pagesUrl}${url.pathname}${url.search}`);
    expect(page.status).toBe(200);
  });
});
