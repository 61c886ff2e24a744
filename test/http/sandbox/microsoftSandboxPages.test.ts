import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { ROLES } from '../../../sandbox/microsoft/roles';
import { CLIENT_ID, GRAPH_SCOPE, openMicrosoftWorld, redirected } from '../../helpers/cloud/microsoftWorld';
import { NANCY, NORTHWIND, useMicrosoft } from '../../helpers/cloud/useMicrosoft';

const ANDREW = 'andrew.fuller@northwindtraders.example';

const { world, codeOf } = useMicrosoft();

describe('what the sign-in page refuses', () => {
  it.each([
    ['henrik.lund@woodgrove.example', 'interaction_required', 'AADSTS53003'],
    ['yara.haddad@proseware.example', 'interaction_required', 'AADSTS50076'],
    ['ben.okafor@proseware.example', 'interaction_required', 'AADSTS53000'],
    ['nobody@nowhere.example', 'access_denied', 'AADSTS50020'],
  ])('%s comes back with %s, %s', async (username, error, code) => {
    const back = await world.signIn(username);
    expect([back.get('error'), back.get('state'), back.get('code')]).toEqual([error, 'st', null]);
    expect(back.get('error_description')).toContain(code);
  });

  it('Conditional Access may also block at the token endpoint', async () => {
    const answer = await world.redeem(await codeOf('grace.mbeki@woodgrove.example'));
    expect(answer.json()).toMatchObject({ error: 'interaction_required', error_codes: [53003] });
  });

  it('refuses when the person cancels, and when PKCE is missing', async () => {
    const back = redirected(await world.call(world.authorizeUrl(), { form: { answer: 'cancel' } }));
    expect([back.get('error'), back.get('error_subcode')]).toEqual(['access_denied', 'cancel']);
    expect(back.get('error_description')).toContain('AADSTS65004');
    const bare = redirected(await world.call(world.authorizeUrl({ code_challenge: undefined })));
    expect(bare.get('error')).toBe('invalid_request');
  });

  it.each([
    ['an unregistered redirect address', { redirect_uri: 'https://evil.example/' }, 'AADSTS50011'],
    ['an unknown client', { client_id: 'other' }, 'AADSTS700016'],
  ])('never redirects to %s', async (_what, query, code) => {
    for (const sent of [undefined, { form: { answer: 'cancel' } }]) {
      const answer = await world.call(world.authorizeUrl(query), sent);
      expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
      expect(answer.text).toContain(code);
    }
  });

  it('a personal account comes back with the tenant id of personal accounts', async () => {
    const { id_token } = (await world.redeem(await codeOf('robin.hale@outlook.example'))).json();
    expect(decodeJwt(id_token)).toMatchObject({ tid: '9188040d-6c67-4c5b-b112-36a304b66dad' });
    expect(decodeJwt(id_token).wids).toBeUndefined();
  });

  it('an ordinary person may consent to User.Read, but not to what only administrators may', async () => {
    const scope = 'openid profile Directory.Read.All';
    const answer = await world.call(world.authorizeUrl({ scope }), { form: { username: ANDREW } });
    expect(answer.text).toContain('Need admin approval');
    const forced = await world.call(world.authorizeUrl({ scope }), {
      form: { person: ANDREW, answer: 'accept' },
    });
    expect(forced.status).toBe(200);
    const back = redirected(
      await world.call(world.authorizeUrl({ scope }), { form: { person: ANDREW, answer: 'return' } }),
    );
    expect(back.get('error_description')).toContain('AADSTS90094');
    expect((await world.signIn(ANDREW, { scope: 'openid profile User.Read' })).get('code')).toBeTruthy();
  });
});

describe('admin consent', () => {
  const accept = (tenant: string, person: string) =>
    world.call(world.consentUrl(tenant), { form: { person, answer: 'accept' } });

  it('creates the service principal, grants the configured permissions and says so in the redirect', async () => {
    const picked = await world.call(world.authorizeUrl(), { form: { username: NANCY } });
    const cookie = picked.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const asked = await world.call(world.consentUrl(NORTHWIND), { headers: { cookie } });
    expect(asked.text).toMatch(/User-PasswordProfile\.ReadWrite\.All[\s\S]*>Accept<[\s\S]*>Cancel</);
    const back = redirected(await accept(NORTHWIND, NANCY));
    expect(Object.fromEntries(back)).toEqual({
      admin_consent: 'True',
      tenant: NORTHWIND,
      scope: GRAPH_SCOPE,
      state: 'st',
    });
    const claims = decodeJwt((await world.appToken(NORTHWIND)).json().access_token);
    expect(claims).toMatchObject({
      aud: 'https://graph.microsoft.com',
      tid: NORTHWIND,
      appid: CLIENT_ID,
      oid: expect.any(String),
    });
    expect(claims.roles).toContain('Organization.Read.All');
  });

  it.each([
    ['cancelled', 'northwindtraders.example', NANCY, 'cancel', 'AADSTS65004'],
    [
      'declined by its administrator',
      'litware.example',
      'sofia.marino@litware.example',
      'accept',
      'AADSTS65004',
    ],
    [
      'not asked of an administrator',
      'wingtip.example',
      'olu.adeyemi@wingtip.example',
      'accept',
      'AADSTS90094',
    ],
    ['not asked of the tenant', 'fabrikam.example', NANCY, 'accept', 'AADSTS50020'],
  ])('%s: nothing is granted', async (_why, tenant, person, answer, code) => {
    const back = redirected(await world.call(world.consentUrl(tenant), { form: { person, answer } }));
    expect([back.get('error'), back.get('tenant'), back.get('state')]).toEqual(['access_denied', null, 'st']);
    expect(back.get('error_description')).toContain(code);
    expect((await world.appToken(tenant)).json().error_codes).toEqual([700016]);
  });

  it('tells a person who may not consent that an administrator is needed', async () => {
    const { text } = await world.call(world.consentUrl('wingtip.example'), {
      form: { username: 'olu.adeyemi@wingtip.example' },
    });
    expect(text).toContain('Need admin approval');
  });

  it('consents and assigned roles survive a restart', async () => {
    const stateFile = join(world.folder, 'state', 'microsoft.json');
    const first = await openMicrosoftWorld({ stateFile });
    await first.call(first.consentUrl('alpineski.example'), {
      form: { person: 'luca.steiner@alpineski.example', answer: 'accept' },
    });
    await first.call(`${first.pagesUrl}/roles/alpineski.example`, {
      form: { answer: ROLES.userAdministrator },
    });
    const before = decodeJwt((await first.appToken('alpineski.example')).json().access_token);
    await first.close();
    const second = await openMicrosoftWorld({ stateFile });
    const { access_token } = (await second.appToken('alpineski.example')).json();
    expect(decodeJwt(access_token)).toMatchObject({ oid: before.oid, roles: before.roles });
    expect((await second.call(`${second.pagesUrl}/roles/alpineski.example`)).text).toContain(
      '<li>User Administrator</li>',
    );
    await second.close();
  });
});
