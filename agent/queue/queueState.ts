import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, replaceFile } from '../files';

const count = z.number().int().nonnegative();

/** What the bot has acknowledged so far. It holds nothing about any person. */
const queueState = z.object({
  stream: z.string().uuid(),
  /** The last acknowledged `seq` of this stream. */
  acknowledged: count,
  /** The number, among all events ever appended, up to which nothing waits any more. */
  upTo: count,
  /** Lost events that the bot does not know of yet. It is told before everything else. */
  dropped: z.object({ id: z.string().uuid(), count: count.positive(), seenAt: count }).optional(),
});
export type QueueState = z.output<typeof queueState>;

const fileOf = (folder: string) => join(folder, 'state.json');

/** A state that cannot be read counts as missing: the agent then sends the waiting events in a new stream. */
export const readState = (folder: string): Promise<QueueState | undefined> =>
  readJsonFile(fileOf(folder), queueState);

export const writeState = (folder: string, state: QueueState): Promise<void> =>
  replaceFile(fileOf(folder), JSON.stringify(state));

export const freshState = (upTo = 0): QueueState => ({ stream: randomUUID(), acknowledged: 0, upTo });

/**
 * After a loss the remaining events are counted anew, so that no number stands for two events. The id is
 * new as well, so that it does not stand for two counts: the bot may already know the first.
 */
export function stateAfterLoss(state: QueueState, lost: number, upTo: number, now: number): QueueState {
  const { count: before = 0, seenAt = now } = state.dropped ?? {};
  return { ...freshState(upTo), dropped: { id: randomUUID(), seenAt, count: before + lost } };
}
