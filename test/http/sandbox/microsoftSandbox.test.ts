import { ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { generate } from 'selfsigned';
import { ROLES } from '../../../sandbox/microsoft/roles';
import { TENANTS } from '../../../sandbox/microsoft/tenants';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  GRAPH_SCOPE,
  openMicrosoftWorld,
  REDIRECT_URI,
  redirected,
  VERIFIER,
} from '../../helpers/cloud/microsoftWorld';
import { NANCY, NORTHWIND, useMicrosoft } from '../../helpers/cloud/useMicrosoft';

const { world, clock, codeOf } = useMicrosoft();

describe('signing in with code and PKCE', () => {
  it('gives an id_token that verifies against the published keys and names the tenant', async () => {
    const back = await world.signIn(NANCY);
    expect(back.get('state')).toBe('st');
    const tokens = (await world.redeem(back.get('code') ?? '', { client_info: '1' })).json();
    const jwks = (await world.call(`${world.loginUrl}/organizations/discovery/v2.0/keys`)).json();
    const { payload } = await jwtVerify(tokens.id_token, createLocalJWKSet(jwks), {
      audience: CLIENT_ID,
      issuer: `${world.loginUrl}/${NORTHWIND}/v2.0`,
      currentDate: new Date(clock.now()),
    });
    expect(payload).toMatchObject({
      tid: NORTHWIND,
      nonce: 'no',
      name: 'Nancy Davolio',
      preferred_username: NANCY,
      ver: '2.0',
    });
    expect(payload.wids).toContain(ROLES.globalAdministrator);
    expect(JSON.parse(Buffer.from(tokens.client_info, 'base64url').toString())).toEqual({
      uid: payload.oid,
      utid: NORTHWIND,
    });
  });

  it('leaves wids out when the manifest does not ask for them', async () => {
    world.control.emitWids(false);
    const { id_token } = (await world.redeem(await codeOf(NANCY))).json();
    expect(decodeJwt(id_token).wids).toBeUndefined();
  });

  it('describes itself as Microsoft does: a template issuer for organizations, the id for a domain', async () => {
    const discover = async (tenant: string) =>
      (await world.call(`${world.loginUrl}/${tenant}/v2.0/.well-known/openid-configuration`)).json();
    const everybody = await discover('organizations');
    expect(everybody.issuer).toBe(`${world.loginUrl}/{tenantid}/v2.0`);
    expect(everybody.authorization_endpoint).toBe(`${world.pagesUrl}/organizations/oauth2/v2.0/authorize`);
    expect((await discover('northwindtraders.example')).issuer).toBe(`${world.loginUrl}/${NORTHWIND}/v2.0`);
    expect(await discover('nobody.example')).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
  });

  it('shows every person of every tenant on the account picker, as a button with that name', async () => {
    const { text } = await world.call(world.authorizeUrl());
    for (const { username } of TENANTS.flatMap(({ people }) => people))
      expect(text).toContain(`aria-label="${username}"`);
  });

  it('never reflects markup from the address', async () => {
    const { text, headers } = await world.call(
      world.authorizeUrl({ state: '"><script>x()</script>' }, '<script>x()<%2Fscript>'),
    );
    expect(text).not.toContain('<script');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('works with msal-node unchanged: code, secret, certificate', async () => {
    const pair = await generate([{ name: 'commonName', value: 'app' }], {
      algorithm: 'sha256',
      keySize: 2048,
    });
    await world.close();
    Object.assign(world, await openMicrosoftWorld({ clientCertificatePem: pair.cert }));
    world.control.grantConsent(NORTHWIND);
    const fingerprint = await sha256Of(pair.cert);
    const client = msal({ clientCertificate: { thumbprintSha256: fingerprint, privateKey: pair.private } });
    const url = await client.getAuthCodeUrl({
      scopes: ['openid', 'profile'],
      redirectUri: REDIRECT_URI,
      nonce: 'n1',
      state: 's1',
      prompt: 'select_account',
      codeChallenge: new URL(world.authorizeUrl()).searchParams.get('code_challenge') ?? '',
      codeChallengeMethod: 'S256',
    });
    expect(url.startsWith(`${world.pagesUrl}/organizations/oauth2/v2.0/authorize?`)).toBe(true);
    const back = redirected(await world.call(url, { form: { username: NANCY } }));
    const signedIn = await client.acquireTokenByCode({
      code: back.get('code') ?? '',
      scopes: ['openid', 'profile'],
      redirectUri: REDIRECT_URI,
      codeVerifier: VERIFIER,
      nonce: 'n1',
    });
    expect(signedIn.idTokenClaims).toMatchObject({ tid: NORTHWIND, preferred_username: NANCY });
    const authority = `${world.loginUrl}/${NORTHWIND}`;
    for (const auth of [
      { clientSecret: CLIENT_SECRET },
      { clientCertificate: { thumbprintSha256: fingerprint, privateKey: pair.private } },
    ]) {
      const token = await msal(auth).acquireTokenByClientCredential({ scopes: [GRAPH_SCOPE], authority });
      expect(decodeJwt(token?.accessToken ?? '').roles).toContain('User.Read.All');
    }
    const stranger = await generate([{ name: 'commonName', value: 'app' }], {
      algorithm: 'sha256',
      keySize: 2048,
    });
    const wrong = msal({
      clientCertificate: { thumbprintSha256: fingerprint, privateKey: stranger.private },
    });
    await expect(
      wrong.acquireTokenByClientCredential({ scopes: [GRAPH_SCOPE], authority }),
    ).rejects.toMatchObject({ errorCode: 'invalid_client' });
  });
});

const msal = (credential: object) =>
  new ConfidentialClientApplication({
    auth: {
      clientId: CLIENT_ID,
      authority: `${world.loginUrl}/organizations`,
      knownAuthorities: [new URL(world.loginUrl).host],
      ...credential,
    },
    system: { networkClient: trustingClient() },
  });

/** Does what NODE_EXTRA_CA_CERTS does for the product's own process. */
const trustingClient = (): INetworkModule => ({
  sendGetRequestAsync: (url, options) => exchange(url, { method: 'GET', headers: options?.headers }),
  sendPostRequestAsync: (url, options) =>
    exchange(url, { method: 'POST', headers: options?.headers, body: options?.body }),
});

async function exchange<T>(url: string, sent: Parameters<typeof world.call>[1]) {
  const { status, json } = await world.call(url, sent);
  return { status, headers: {}, body: json() as T };
}

async function sha256Of(pem: string): Promise<string> {
  const { X509Certificate } = await import('node:crypto');
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '');
}
