import { createPublicKey, type KeyObject } from 'node:crypto';

/** The build puts it in when its builder signs releases: 32 bytes in base64url. */
declare const KEYTURN_RELEASE_KEY: string | undefined;

/** The key that the build put into the program, if any. */
export const builtInReleaseKey = (): string | undefined =>
  typeof KEYTURN_RELEASE_KEY === 'string' && KEYTURN_RELEASE_KEY !== '' ? KEYTURN_RELEASE_KEY : undefined;

export const releaseKeyOf = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
