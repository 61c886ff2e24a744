import type { Needs } from '../stores/core';

type Kept = Needs<'references' | 'subscriptions'>;

const MOST = 100;

/**
 * Somebody who has no role any more is written to nowhere: their chats and what they asked to be told are
 * deleted. Safe to repeat.
 */
export async function forgetPerson(
  { stores: { references, subscriptions } }: Kept,
  personId: string,
): Promise<void> {
  for (const store of [subscriptions, references]) {
    const { items } = await store.list({ where: { personId }, limit: MOST });
    for (const { id } of items) await store.remove(id);
  }
}
