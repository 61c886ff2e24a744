import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface IssuerKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

interface SignOptions {
  key?: IssuerKey;
  kid?: string;
}

export const botAppId = '00000000-0000-4000-8000-0000000000b0';
export const serviceUrl = 'https://smba.example.test/teams/';

/**
 * An issuer of channel tokens on loopback: OpenID metadata, keys with endorsements, and tokens that are good,
 * or bad in any way.
 */
export async function startLocalIssuer() {
  let published: Record<string, unknown>[] = [];
  let fetches = 0;
  let answering = true;
  const server = createServer((request, response) => {
    if (!answering) {
      response.statusCode = 503;
      response.end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    if (request.url === '/keys') fetches += 1;
    response.end(
      JSON.stringify(
        request.url === '/keys' ? { keys: published } : { issuer: url(), jwks_uri: `${url()}/keys` },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function addKey(
    kid: string,
    options: { endorsements?: string[]; publish?: boolean } = {},
  ): Promise<IssuerKey> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    if (options.publish !== false) {
      const endorsements = options.endorsements ? { endorsements: options.endorsements } : {};
      published.push({ ...(await exportJWK(pair.publicKey)), kid, use: 'sig', ...endorsements });
    }
    return { kid, ...pair };
  }

  const key = await addKey('endorsed', { endorsements: ['msteams', 'webchat'] });

  function claims(overrides: JWTPayload, now: number): JWTPayload {
    const seconds = Math.floor(now / 1000);
    const sound = {
      iss: url(),
      aud: botAppId,
      serviceurl: serviceUrl,
      nbf: seconds - 60,
      exp: seconds + 3600,
    };
    return Object.fromEntries(
      Object.entries({ ...sound, ...overrides }).filter(([, value]) => value !== undefined),
    );
  }

  return {
    issuer: url(),
    metadataUrl: `${url()}/openidconfiguration`,
    key,
    addKey,
    fetches: () => fetches,
    /** Publishes any value beside the keys. */
    publish: (key: unknown) => void published.push(key as Record<string, unknown>),
    withdrawKey(kid: string) {
      published = published.filter((key) => key?.kid !== kid);
    },
    answer(yes: boolean) {
      answering = yes;
    },
    /** A sound token; an override of undefined leaves the claim out. */
    async sign(
      overrides: JWTPayload = {},
      { key: signer = key, kid = signer.kid }: SignOptions = {},
      now = Date.now(),
    ) {
      return new SignJWT(claims(overrides, now))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .sign(signer.privateKey);
    },
    /** Signs with the public key, which everybody has, as the secret of an HMAC. */
    async signWithPublicKeyAsSecret() {
      const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
      return new SignJWT(claims({}, Date.now()))
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: key.kid })
        .sign(secret);
    },
    unsigned() {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none', typ: 'JWT', kid: key.kid })}.${part(claims({}, Date.now()))}.`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type LocalIssuer = Awaited<ReturnType<typeof startLocalIssuer>>;
