import { createPublicKey, type KeyObject } from 'node:crypto';

/** Put in by the build where its builder signs releases: 32 bytes in base64url. */
declare const KEYTURN_RELEASE_KEY: string | undefined;

/** The key that the program was built with, if any. */
export const builtInReleaseKey = (): string | undefined =>
  typeof KEYTURN_RELEASE_KEY === 'string' && KEYTURN_RELEASE_KEY !== '' ? KEYTURN_RELEASE_KEY : undefined;

export const releaseKeyOf = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
