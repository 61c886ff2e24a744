import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The master keys in `file`, in the form of the setting MASTER_KEYS; one is made, readable by this user alone, where there is none. */
export function masterKeysIn(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(file, `demo:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
