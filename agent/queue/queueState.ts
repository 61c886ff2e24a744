import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, replaceFile } from '../files';

const count = z.number().int().nonnegative();

/** How far the bot has come. Holds nothing of any person. */
const queueState = z.object({
  stream: z.string().uuid(),
  /** The last acknowledged `seq` of this stream. */
  acknowledged: count,
  /** The place, among all that was ever appended, up to which nothing waits any more. */
  upTo: count,
  /** What was lost and not told yet: it waits before everything else. */
  dropped: z.object({ id: z.string().uuid(), count: count.positive(), seenAt: count }).optional(),
});
export type QueueState = z.output<typeof queueState>;

const fileOf = (folder: string) => join(folder, 'state.json');

/** A state that cannot be read is as good as none: what waits is then told under a new stream. */
export async function readState(folder: string): Promise<QueueState | undefined> {
  const bytes = await readIfThere(fileOf(folder));
  try {
    return bytes && queueState.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

export const writeState = (folder: string, state: QueueState): Promise<void> =>
  replaceFile(fileOf(folder), JSON.stringify(state));

export const freshState = (upTo = 0): QueueState => ({ stream: randomUUID(), acknowledged: 0, upTo });

/**
 * Events were lost: what is left is counted anew, so that no number stands for two events; nor does an id stand for two counts, of which
 * the bot may know the first.
 */
export function stateAfterLoss(state: QueueState, lost: number, upTo: number, now: number): QueueState {
  const { count: before = 0, seenAt = now } = state.dropped ?? {};
  return { ...freshState(upTo), dropped: { id: randomUUID(), seenAt, count: before + lost } };
}
