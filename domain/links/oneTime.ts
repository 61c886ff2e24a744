import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Hashes a one-time value for the store: a reader of the store cannot use the hash. */
export const hashOf = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** True when `value` is the one whose hash was stored; takes equally long either way. */
export function matches(value: string | undefined, storedHash: string | undefined): boolean {
  if (!value || !storedHash) return false;
  return timingSafeEqual(Buffer.from(hashOf(value)), Buffer.from(storedHash));
}

/** The secrets of one sign-in leg. To compute them again a browser needs both the cookie and the state. */
export const secretsOf = (cookie: string, state: string): { verifier: string; nonce: string } => ({
  verifier: derived(cookie, `verifier ${state}`),
  nonce: derived(cookie, `nonce ${state}`),
});

const derived = (key: string, label: string): string =>
  createHmac('sha256', key).update(label).digest('base64url');

/** Salts a six-digit code with its link, so that equal codes look different in the store. */
export const saltedCode = (linkId: string, code: string): string => `${linkId} ${code}`;
