import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../files';
import { headAt } from './frame';
import { readState } from './queueState';

/**
 * Counts what waits in a queue that another process has open. It needs no key, and the answer may be old a
 * moment later.
 */
export async function inspectQueue(folder: string): Promise<{ events: number; oldestAt?: number }> {
  const names = await readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const { upTo = 0, dropped } = (await readState(folder)) ?? {};
  let events = dropped ? 1 : 0;
  let oldestAt = dropped?.seenAt;
  for (const name of names.filter((file) => file.endsWith('.seg')).sort()) {
    const bytes = await readFile(join(folder, name));
    for (let offset = 0, head = headAt(bytes, 0); head; offset += head.length, head = headAt(bytes, offset)) {
      const waiting = head.first + head.count - 1 - Math.max(head.first - 1, upTo);
      if (waiting <= 0) continue;
      events += waiting;
      oldestAt ??= head.seenAt;
    }
  }
  return { events, ...(oldestAt !== undefined && { oldestAt }) };
}
