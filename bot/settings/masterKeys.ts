import { z } from 'zod';
import type { MasterKey } from '../vault';

const KEY_ID = /^[\w.-]{1,40}$/;
const BYTES = 32;

/**
 * Reads `KEYID:BASE64,KEYID:BASE64`, or one in each line, as master keys. Its errors repeat nothing of the
 * text.
 */
export const masterKeys = z.string().transform((list, context): MasterKey[] => {
  const keys = list
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map(masterKey);
  const problem = problemOf(keys);
  if (problem) context.addIssue({ code: 'custom', message: problem });
  return keys;
});

function masterKey(entry: string): MasterKey {
  const colon = entry.indexOf(':');
  return { kid: entry.slice(0, Math.max(colon, 0)), key: bytesOf(entry.slice(colon + 1)) };
}

/** Undefined unless the text is base64 (or base64url) throughout: Buffer would skip unknown characters. */
const bytesOf = (text: string): Uint8Array =>
  /^[\w+/-]+={0,2}$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : new Uint8Array();

function problemOf(keys: MasterKey[]): string | undefined {
  const ids = new Set(keys.map(({ kid }) => kid));
  const secrets = new Set(keys.map(({ key }) => Buffer.from(key).toString('base64')));
  if (!keys.every(({ kid }) => KEY_ID.test(kid)))
    return 'must be KEYID:BASE64 with commas between them (a key id has letters, digits, dots and dashes)';
  if (!keys.every(({ key }) => key.length === BYTES)) return `must have keys of ${BYTES} bytes in base64`;
  if (ids.size < keys.length) return 'has one key id twice';
  return secrets.size < keys.length ? 'has one key twice, under two ids' : undefined;
}
