import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { conflict } from '../errors';
import { retried, unlessChanged } from '../stores/retried';

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

/** A six-digit code is salted with its attempt, so that equal codes do not look equal in the store. */
export const saltedCode = (signInId: string, code: string): string => `${signInId} ${code}`;

/** Writes that a link was opened. Throws conflict when that happens twice in one moment. */
export async function noteOpened<T>(write: Promise<T>): Promise<T> {
  const opened = await unlessChanged(write);
  if (opened === undefined)
    throw conflict(
      'This link is being opened twice at this moment. Close the other window and open it again.',
    );
  return opened;
}

/** Ends one open attempt after the other until there is none; one that changes meanwhile is read again. */
export const endEach = <T>(
  nextOpen: () => Promise<T | undefined>,
  end: (open: T) => Promise<unknown>,
): Promise<void> =>
  retried(async () => {
    for (let open = await nextOpen(); open; open = await nextOpen()) await end(open);
  });
