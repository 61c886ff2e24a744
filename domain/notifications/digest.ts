import type { Stored } from '../ports';
import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import { type Delivery, newCard } from './delivery';
import type { Notice } from './notification';

type Kept = Delivery & { keptFor: string };

type DigestDeps = Needs<'deliveries', 'clock'>;

/** One card takes in everything that is kept back in a conversation until the same moment. */
export const digestIdOf = (conversationId: string, at: number): string => `digest|${conversationId}|${at}`;

/**
 * No instance begins to make the card of a digest this long before its time; clocks of instances differ by
 * less.
 */
const AHEAD_MS = 1_000;
/** How long a digest waits for more, once something came too late for it. */
const CALM_MS = 3_000;

/**
 * Makes the digest that this row is kept for take the row in. Call it when the row is written. A digest that
 * is being sent, or has been sent, is brought up to date. Safe to repeat.
 */
export async function callDigest({ stores: { deliveries }, clock }: DigestDeps, kept: Kept): Promise<void> {
  await put(deliveries, kept.keptFor, (known) =>
    known ? raisedDigest(known, clock.now()) : digestOf(kept, clock.now()),
  );
}

const digestOf = ({ conversationId, keptFor, dueAt }: Kept, now: number): Delivery =>
  newCard({ conversationId, subject: { kind: 'digest', id: keptFor }, wanted: 1, dueAt }, now);

/** Undefined for a digest that takes in more without a change. */
function raisedDigest(value: Delivery, now: number): Delivery | undefined {
  if (value.state === 'waiting' && value.dueAt > now + AHEAD_MS) return undefined;
  const again = value.state !== 'sending' && {
    state: 'waiting' as const,
    dueAt: Math.max(value.dueAt, now + CALM_MS),
    attempts: 0,
  };
  return { ...value, wanted: value.wanted + 1, ...again };
}

/** All notices that a digest sums up, in pages. */
export async function* noticesOfDigest(
  { stores: { deliveries, notices } }: Needs<'deliveries' | 'notices'>,
  { subject, noticeIds = [] }: Delivery,
): AsyncGenerator<Stored<Notice>[]> {
  const found = async (ids: readonly string[]) =>
    (await Promise.all(ids.map((id) => notices.get(id)))).flatMap((notice) => notice ?? []);
  yield found(noticeIds);
  for await (const rows of pages(deliveries, { where: { keptFor: subject.id }, limit: 200 }))
    yield found(rows.map(({ value }) => value.subject.id));
}
