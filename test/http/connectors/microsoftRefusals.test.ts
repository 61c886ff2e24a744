import { createSignInProvider } from '../../../connectors/graph/createSignInProvider';
import { createTenantDirectory } from '../../../connectors/graph/createTenantDirectory';
import { REDIRECT_URI } from '../../helpers/cloud/microsoftWorld';
import { PLAYED_TENANT, startPlayedMicrosoft } from '../../helpers/cloud/playedMicrosoft';

const CORRELATION = '11111111-2222-4333-8444-555555555555';
const said = (error: string, number: number, text = 'no') => ({
  error,
  error_description: `AADSTS${number}: ${text} Trace ID: ${CORRELATION} Correlation ID: ${CORRELATION} Timestamp: 2026-11-30 16:05:12Z`,
  error_codes: [number],
  correlation_id: CORRELATION,
  timestamp: '2026-11-30 16:05:12Z',
});

let microsoft: Awaited<ReturnType<typeof startPlayedMicrosoft>>;
beforeEach(async () => {
  microsoft = await startPlayedMicrosoft();
});
afterEach(() => microsoft.server.close());

const tokenCheck = () => createTenantDirectory(microsoft.settings).check(PLAYED_TENANT, 'token');
const hasConsent = () => createTenantDirectory(microsoft.settings).hasConsent(PLAYED_TENANT);
const redeem = () =>
  createSignInProvider(microsoft.settings).redeem({
    code: 'code',
    verifier: 'w'.repeat(43),
    nonce: 'nonce',
    redirectUri: REDIRECT_URI,
  });

test.each([7000229, 650051, 700016])(
  'invalid_client with %i is about the customer’s tenant, so the consent page opens',
  async (number) => {
    microsoft.token({ status: 401, body: said('invalid_client', number) });
    expect(await hasConsent()).toBe(false);
    expect(await tokenCheck()).toMatchObject({
      state: 'failed',
      consentLost: true,
      cure: expect.stringContaining('connect Microsoft 365 once more'),
    });
  },
);

test('invalid_client with a number for our own credential is about us', async () => {
  microsoft.token({ status: 401, body: said('invalid_client', 7000222) });
  await expect(hasConsent()).rejects.toMatchObject({ refusal: 'ourCredential' });
  expect((await tokenCheck()).consentLost).toBeUndefined();
});

test.each(['interaction_required', 'invalid_grant'])(
  'reports a blocked tenant as blocked (%s)',
  async (error) => {
    microsoft.token({ status: 400, body: said(error, 5000225, 'blocked due to inactivity') });
    expect(await tokenCheck()).toMatchObject({
      finding: expect.stringContaining('has blocked this whole tenant'),
    });
    await expect(redeem()).rejects.not.toMatchObject({ refusal: 'codeUsed' });
  },
);

test('an unknown number blames nobody, and is reported with correlation id and time', async () => {
  microsoft.token({ status: 400, body: said('invalid_client', 7999999) });
  const { finding, consentLost, unavailable } = await tokenCheck();
  expect(finding).toContain('for a reason that Keyturn does not know');
  for (const mark of ['AADSTS7999999', `Correlation ID ${CORRELATION}`, '2026-11-30 16:05:12 UTC'])
    expect(finding).toContain(mark);
  expect([consentLost, unavailable]).toEqual([undefined, undefined]);
});

describe('passing trouble', () => {
  const html = { headers: { 'content-type': 'text/html; charset=us-ascii' } };

  test.each([
    ['a 429 in plain words', { status: 429, ...html, body: 'Too Many Requests' }],
    ['a 429 in JSON', { status: 429, body: said('invalid_request', 90055) }],
    ['a page of a gateway', { status: 502, ...html, body: '<html><h1>Bad Gateway</h1></html>' }],
    ['a page that it is being mended', { status: 503, ...html, body: '<html>Back soon</html>' }],
    ['nothing', { status: 200, body: '' }],
    ['half an answer', { status: 200, body: '{"access_tok' }],
    ['a bare number', { status: 200, body: '12' }],
  ])('%s is “try later”, for a check, the consent and a sign-in', async (_what, play) => {
    microsoft.token(play);
    microsoft.token(play, 'organizations');
    const { finding, cure, unavailable, consentLost } = await tokenCheck();
    expect([finding, cure]).toEqual(['Microsoft did not answer in time.', 'Test again in some minutes.']);
    expect([unavailable, consentLost]).toEqual([true, undefined]);
    await expect(hasConsent()).rejects.toMatchObject({ refusal: 'unavailable' });
    await expect(redeem()).rejects.toMatchObject({ refusal: 'unavailable' });
  });

  test('a connection that breaks is “try later”', async () => {
    microsoft.token((response) => response.socket?.destroy());
    expect(await tokenCheck()).toMatchObject({ unavailable: true });
  });

  test('trouble with the description of the sign-in service is “try later”', async () => {
    const path = `/${PLAYED_TENANT}/v2.0/.well-known/openid-configuration`;
    microsoft.server.playAt(path, { status: 502, ...html, body: '<html>Bad Gateway</html>' });
    expect(await tokenCheck()).toMatchObject({ unavailable: true });
  });

  test('stops the questions for as long as Microsoft asks, and says how long', async () => {
    microsoft.token({ status: 429, headers: { 'retry-after': '60' }, body: 'Too Many Requests' });
    const directory = createTenantDirectory(microsoft.settings);
    for (let i = 0; i < 5; i++)
      expect((await directory.check(PLAYED_TENANT, 'token')).cure).toMatch(
        /^Test again in (60|5\d) seconds\.$/,
      );
    expect(microsoft.asked('/token')).toBe(1);
  });

  test.each(['0', '-1', 'soon', 'Sat, 21 Nov 2020 00:00:00 GMT'])(
    'with “Retry-After: %s” names no time, and is asked again',
    async (header) => {
      microsoft.token({ status: 429, headers: { 'retry-after': header }, body: 'Too Many Requests' });
      const directory = createTenantDirectory(microsoft.settings);
      for (let i = 0; i < 2; i++)
        expect((await directory.check(PLAYED_TENANT, 'token')).cure).toBe('Test again in some minutes.');
      expect(microsoft.asked('/token')).toBe(2);
    },
  );

  test('recognizes a firewall’s page, and says nothing about tenant, consent or credential', async () => {
    for (const status of [200, 400, 401, 403, 404]) {
      microsoft.token({ status, ...html, body: '<html><title>Blocked</title></html>' });
      const found = await tokenCheck();
      expect(found).toMatchObject({ unavailable: true, finding: expect.stringContaining('a web page') });
      expect(found.consentLost).toBeUndefined();
    }
  });
});

test('reads a token answer with a byte order mark', async () => {
  const token = `e30.${Buffer.from(JSON.stringify({ tid: PLAYED_TENANT, oid: 'x' })).toString('base64url')}.eA`;
  const body = `\ufeff${JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token: token })}`;
  microsoft.token({ body });
  expect(await tokenCheck()).toMatchObject({ state: 'passed' });
});

test.each([
  [{ error: 'consent_required', error_description: 'AADSTS65004: declined' }, 'declined'],
  [{ error: 'permission_denied', error_description: 'the admin canceled the request' }, 'declined'],
  [{ error: 'access_denied', error_subcode: 'cancel' }, 'declined'],
  [
    { error: 'access_denied', error_description: 'AADSTS50020: account does not exist in the tenant' },
    'wrongAccount',
  ],
  [
    { error: 'access_denied', error_description: 'AADSTS530034: a delegated administrator was blocked' },
    'delegatedAdminBlocked',
  ],
  [{ error: 'interaction_required', error_description: 'AADSTS50105: not assigned' }, 'notAssigned'],
  [{ error: 'access_denied', error_description: 'AADSTS50057: disabled' }, 'accountDisabled'],
  [{ error: 'access_denied', error_description: 'AADSTS999999: odd' }, 'other'],
  [{}, 'other'],
] as const)('the redirect %j is %s', (query, refusal) => {
  expect(createSignInProvider(microsoft.settings).refused(query)).toMatchObject({ refusal });
});
