import type { Needs } from '../stores/core';

type Kept = Needs<'references' | 'subscriptions'>;

const MOST = 100;

/**
 * Deletes the chats and the subscriptions of a person who has no role any more: the bot writes to them
 * nowhere. Safe to repeat.
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
