import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Clock } from '../../domain/ports';

/** The sandbox's own signing key: one per process, so that no token outlives it. */
export interface SigningKey {
  jwks: { keys: JWK[] };
  /** `claims` with iat, nbf and exp added. */
  sign(claims: JWTPayload, lifetimeSeconds: number): Promise<string>;
  /** The claims; throws jose's errors for a foreign signature, another audience, or an expired token. */
  verify(token: string, audience: string): Promise<JWTPayload>;
}

let pair: ReturnType<typeof generateKeyPair> | undefined;

export async function makeSigningKey(clock: Clock): Promise<SigningKey> {
  pair ??= generateKeyPair('RS256');
  const { publicKey, privateKey } = await pair;
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const header = { alg: 'RS256', typ: 'JWT', kid };
  return {
    jwks: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
    sign(claims, lifetimeSeconds) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + lifetimeSeconds })
        .setProtectedHeader(header)
        .sign(privateKey);
    },
    async verify(token, audience) {
      const options = { audience, algorithms: ['RS256'], currentDate: new Date(clock.now()) };
      return (await jwtVerify(token, publicKey, options)).payload;
    },
  };
}
