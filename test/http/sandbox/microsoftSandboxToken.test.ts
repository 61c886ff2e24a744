import { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, VERIFIER } from '../../helpers/cloud/microsoftWorld';
import { NANCY, NORTHWIND, useMicrosoft } from '../../helpers/cloud/useMicrosoft';

const { world, clock, codeOf } = useMicrosoft();

describe('what the token endpoint refuses', () => {
  const refused = (error: string, code: number) => ({
    error,
    error_codes: [code],
    error_description: expect.stringContaining(`AADSTS${code}: `),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    trace_id: expect.any(String),
    correlation_id: expect.any(String),
  });

  it('a code that is used twice, also after a failed redemption', async () => {
    const code = await codeOf(NANCY);
    expect((await world.redeem(code)).status).toBe(200);
    expect((await world.redeem(code)).json()).toMatchObject(refused('invalid_grant', 54005));
    const spoilt = await codeOf(NANCY);
    expect((await world.redeem(spoilt, { code_verifier: 'w'.repeat(64) })).json()).toMatchObject(
      refused('invalid_grant', 501481),
    );
    expect((await world.redeem(spoilt)).json()).toMatchObject(refused('invalid_grant', 54005));
  });

  it('a code that is ten minutes old, of another tenant, for another redirect address, or made up', async () => {
    const old = await codeOf(NANCY);
    clock.advance(10 * 60_000);
    expect((await world.redeem(old)).json()).toMatchObject(refused('invalid_grant', 70008));
    const elsewhere = await codeOf(NANCY);
    const token = `${world.loginUrl}/fabrikam.example/oauth2/v2.0/token`;
    const form = {
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
      code: elsewhere,
    };
    expect((await world.call(token, { form })).json()).toMatchObject(refused('invalid_grant', 700005));
    const moved = await world.redeem(await codeOf(NANCY), { redirect_uri: 'http://127.0.0.1/other' });
    expect(moved.json()).toMatchObject(refused('invalid_client', 500112));
    expect((await world.redeem('0.made-up')).json()).toMatchObject(refused('invalid_grant', 70000));
  });

  it('our own credential when it is wrong, missing, expired, of an unknown client, or a bad assertion', async () => {
    world.control.grantConsent(NORTHWIND);
    const wrong = await world.appToken(NORTHWIND, { client_secret: 'wrong' });
    expect([wrong.status, wrong.json()]).toEqual([
      401,
      expect.objectContaining(refused('invalid_client', 7000215)),
    ]);
    expect((await world.appToken(NORTHWIND, { client_secret: '' })).json()).toMatchObject(
      refused('invalid_client', 7000218),
    );
    expect((await world.appToken(NORTHWIND, { client_id: 'x' })).json()).toMatchObject(
      refused('unauthorized_client', 700016),
    );
    const assertion = {
      client_assertion: 'a.b.c',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    };
    expect((await world.appToken(NORTHWIND, assertion)).json()).toMatchObject(
      refused('invalid_client', 700027),
    );
    world.control.expireClientSecret(true);
    expect((await world.appToken(NORTHWIND)).json()).toMatchObject(refused('invalid_client', 7000222));
  });

  it('an app-only token where the app is absent, removed or disabled, or the tenant unknown, or the scope no .default', async () => {
    expect((await world.appToken(NORTHWIND)).json()).toMatchObject(refused('unauthorized_client', 700016));
    world.control.grantConsent(NORTHWIND);
    expect((await world.appToken(NORTHWIND)).status).toBe(200);
    world.control.enableServicePrincipal(NORTHWIND, false);
    expect((await world.appToken(NORTHWIND)).json()).toMatchObject(refused('unauthorized_client', 7000112));
    world.control.removeServicePrincipal(NORTHWIND);
    expect((await world.appToken(NORTHWIND)).json()).toMatchObject(refused('unauthorized_client', 700016));
    expect((await world.appToken('nobody.example')).json()).toMatchObject(refused('invalid_tenant', 90002));
    expect((await world.appToken(NORTHWIND, { scope: 'User.Read' })).json()).toMatchObject(
      refused('invalid_scope', 1002012),
    );
  });

  it('what a person has not consented to by the time the code is redeemed', async () => {
    const code = await codeOf(NANCY, { scope: 'openid profile User.Read' });
    world.control.removeConsent(NORTHWIND);
    expect((await world.redeem(code)).json()).toMatchObject({
      ...refused('invalid_grant', 65001),
      suberror: 'consent_required',
    });
  });

  it('every answer that a test plans: any refusal, throttling, an outage, HTML, half a body, a long wait', async () => {
    world.control.grantConsent(NORTHWIND);
    world.control.failNext({ kind: 'refused', code: '65001' }, { surface: 'token' });
    expect((await world.appToken(NORTHWIND)).json()).toMatchObject(refused('invalid_grant', 65001));
    world.control.failNext({ kind: 'unavailable', retryAfterSeconds: 7 }, { surface: 'token' });
    const away = await world.appToken(NORTHWIND);
    expect([away.status, away.headers['retry-after'], away.json().error]).toEqual([
      503,
      '7',
      'temporarily_unavailable',
    ]);
    world.control.failNext({ kind: 'html' }, { surface: 'token' });
    expect((await world.appToken(NORTHWIND)).headers['content-type']).toBe('text/html');
    world.control.failNext({ kind: 'truncated' }, { surface: 'token' });
    const half = await world.appToken(NORTHWIND);
    expect(() => half.json()).toThrow(SyntaxError);
    const hold = world.control.holdNext({ surface: 'token' });
    const waiting = world.appToken(NORTHWIND);
    await hold.arrived;
    hold.release();
    expect((await waiting).status).toBe(200);
  });
});
