import { randomBytes } from 'node:crypto';
import type { SecretKeeper } from '../ports';

const BYTES = 32;

/** The key of the queue's files. The first call makes and stores it. */
export async function queueKey(secrets: SecretKeeper): Promise<Buffer> {
  const kept = await secrets.read('queueKey');
  if (kept?.length === BYTES) return kept;
  const key = randomBytes(BYTES);
  await secrets.write('queueKey', key);
  return key;
}
