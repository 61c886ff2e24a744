import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import { type Delivery, type Subject, subjectKey } from './delivery';
import { callDigest } from './digest';

type CardDeps = Needs<'deliveries', 'clock'>;

export interface Raise {
  /** The revision that the cards should show. */
  wanted: number;
  /** Whether digests that sum it up are brought up to date too. */
  digests: boolean;
}

/**
 * Call it when the record changed: all its cards, sent or on their way, then show it as it is now. Safe to
 * repeat.
 */
export async function raiseCards(deps: CardDeps, subject: Subject, raise: Raise): Promise<void> {
  for await (const rows of pages(deps.stores.deliveries, { where: { subject: subjectKey(subject) } }))
    await Promise.all(rows.map((row) => raiseCard(deps, row, raise)));
}

/** The same for one card. */
export async function raiseCard(deps: CardDeps, row: Stored<Delivery>, raise: Raise): Promise<void> {
  const { keptFor } = row.value;
  if (keptFor === undefined) await raiseSent(deps, row, raise.wanted);
  else if (raise.digests) await callDigest(deps, { ...row.value, keptFor });
}

/**
 * A card that is being sent at this moment is looked at again until it is settled, because its sender knows
 * of no later revision.
 */
async function raiseSent(
  { stores: { deliveries }, clock }: CardDeps,
  row: Stored<Delivery>,
  wanted: number,
): Promise<void> {
  await change(deliveries, row, (value) => {
    if (value.wanted >= wanted) return undefined;
    const settled = value.state !== 'waiting' && value.state !== 'sending';
    const again = settled && { state: 'waiting' as const, dueAt: clock.now(), attempts: 0 };
    return { ...value, wanted, ...again };
  });
}
