import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * The master keys in `file`, in the form of the setting MASTER_KEYS. A missing file is created with one key;
 * only this user can read it.
 */
export function masterKeysIn(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(file, `demo:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
