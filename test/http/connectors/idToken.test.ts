import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createIdTokenReader } from '../../../connectors/graph/idToken';
import { createLinesLog } from '../../helpers/process/linesLog';

const TENANT = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01';
const OTHER = 'b2d8e1a3-4c75-4f1b-8b68-1e7d2c3f5a02';
const CLIENT_ID = '3d9b3c1e-7f0e-4a58-b6b5-0f6d4c2e1a77';

let server: Server;
let loginUrl: string;
let key: CryptoKey;
let strangerKey: CryptoKey;

/** Publishes one key, as Microsoft's key endpoint does. */
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  strangerKey = (await generateKeyPair('RS256')).privateKey;
  const jwks = JSON.stringify({
    keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }],
  });
  server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'application/json').end(jwks),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const now = () => Math.floor(Date.now() / 1000);
const claims = (more: object) => ({
  iss: `${loginUrl}/${TENANT}/v2.0`,
  aud: CLIENT_ID,
  tid: TENANT,
  oid: 'a1c9d0f2-0000-4000-8000-000000000001',
  nonce: 'nonce',
  iat: now(),
  exp: now() + 600,
  ...more,
});
const signed = (more: object = {}, by = key, kid = 'k1') =>
  new SignJWT(claims(more)).setProtectedHeader({ alg: 'RS256', kid }).sign(by);
const read = async (token: string | Promise<string>) => {
  const credential = { kind: 'secret', clientSecret: 'unused' } as const;
  const settings = {
    clientId: CLIENT_ID,
    credential,
    loginUrl,
    graphUrl: loginUrl,
    log: createLinesLog().log,
  };
  return createIdTokenReader(settings)(await token, 'nonce');
};

test('reads a token of any tenant that is signed by the published key', async () => {
  expect(await read(signed())).toMatchObject({ tid: TENANT });
  expect(await read(signed({ tid: OTHER, iss: `${loginUrl}/${OTHER}/v2.0` }))).toMatchObject({ tid: OTHER });
});

test.each<[string, () => string | Promise<string>]>([
  ['of another application', () => signed({ aud: OTHER })],
  ['that names a tenant its issuer is not', () => signed({ tid: OTHER })],
  ['of a foreign issuer', () => signed({ iss: `https://evil.test/${TENANT}/v2.0` })],
  ['that has expired', () => signed({ exp: now() - 3600 })],
  ['that never expires', () => signed({ exp: undefined })],
  ['of another sign-in', () => signed({ nonce: 'other' })],
  ['without a nonce', () => signed({ nonce: undefined })],
  ['without a tenant', () => signed({ tid: undefined })],
  ['with a path for a tenant', () => signed({ tid: '../x', iss: `${loginUrl}/../x/v2.0` })],
  ['signed by a stranger', () => signed({}, strangerKey)],
  ['signed by an unknown key', () => signed({}, strangerKey, 'k2')],
  ['signed by nobody', () => new UnsecuredJWT(claims({})).encode()],
  ['that is no token', () => 'a.b.c'],
])('refuses a token %s', async (_name, token) => {
  await expect(read(token())).rejects.toMatchObject({ name: 'MicrosoftRefused', refusal: 'other' });
});
