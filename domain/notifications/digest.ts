import type { Clock, Stored } from '../ports';
import { put } from '../stores/change';
import { pages } from '../stores/pages';
import type { Stores } from '../stores/stores';
import type { Delivery, Notice } from './notification';

type Kept = Delivery & { digestId: string };

interface DigestDeps {
  deliveries: Stores['deliveries'];
  clock: Clock;
}

/** One card takes in all that is kept back in a conversation until the same moment. */
export const digestIdOf = (conversationId: string, at: number): string => `digest|${conversationId}|${at}`;

/** So long before its time nobody can have begun to make the card of a digest; clocks of instances differ by less. */
const AHEAD_MS = 1_000;
/** How long a digest waits for more, once something came too late for it. */
const CALM_MS = 3_000;

/**
 * Sees to it that the digest which this row is kept for takes it in; to be called when the row is written. One that was being sent
 * or is there is brought up to date. Safe to repeat.
 */
export async function callDigest({ deliveries, clock }: DigestDeps, kept: Kept): Promise<void> {
  await put(deliveries, kept.digestId, (known) =>
    known ? raisedDigest(kept.digestId, known, clock.now()) : digestOf(kept, clock.now()),
  );
}

const digestOf = ({ conversationId, digestId, dueAt }: Kept, now: number): Delivery => ({
  conversationId,
  noticeIds: [],
  digest: true,
  digestId,
  wanted: 1,
  shown: 0,
  state: 'waiting',
  attempts: 0,
  dueAt,
  createdAt: now,
});

/** Undefined for one that takes in more without a word. */
function raisedDigest(digestId: string, value: Delivery, now: number): Delivery | undefined {
  const early = value.state === 'waiting' && value.dueAt > now + AHEAD_MS;
  // One of an earlier version does not know its own id yet.
  if (early && value.digestId === digestId) return undefined;
  const again = value.state !== 'sending' && {
    state: 'waiting' as const,
    dueAt: Math.max(value.dueAt, now + CALM_MS),
    attempts: 0,
  };
  return { ...value, digestId, wanted: value.wanted + 1, ...again };
}

/** All that a digest sums up, in pages; what an earlier version kept stands in the digest itself. */
export async function* noticesOfDigest(
  { deliveries, notices }: Pick<Stores, 'deliveries' | 'notices'>,
  { noticeIds, digestId }: Delivery,
): AsyncGenerator<Stored<Notice>[]> {
  const found = async (ids: readonly string[]) =>
    (await Promise.all(ids.map((id) => notices.get(id)))).flatMap((notice) => notice ?? []);
  yield found(noticeIds);
  if (digestId === undefined) return;
  for await (const rows of pages(deliveries, { where: { digestId }, limit: 200 }))
    yield found(rows.flatMap(({ value }) => value.noticeIds));
}
