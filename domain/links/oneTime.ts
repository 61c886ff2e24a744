import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How a one-time value is stored: whoever reads the store cannot use it. */
export const hashOf = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** True when `value` is the one whose hash was stored; takes equally long either way. */
export function matches(value: string | undefined, storedHash: string | undefined): boolean {
  if (!value || !storedHash) return false;
  return timingSafeEqual(Buffer.from(hashOf(value)), Buffer.from(storedHash));
}

/** The secrets of one sign-in leg. Only a browser that has the cookie and was given the state can have them made again. */
export const secretsOf = (cookie: string, state: string): { verifier: string; nonce: string } => ({
  verifier: derived(cookie, `verifier ${state}`),
  nonce: derived(cookie, `nonce ${state}`),
});

const derived = (key: string, label: string): string =>
  createHmac('sha256', key).update(label).digest('base64url');

/** A six-digit code is salted with its link, so that equal codes do not look equal in the store. */
export const saltedCode = (linkId: string, code: string): string => `${linkId} ${code}`;
