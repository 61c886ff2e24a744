import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';

/** How many conversations asked to be told and are told nothing, because Keyturn was removed there. */
export async function unreachableConversations(deps: Needs<'subscriptions' | 'references'>): Promise<number> {
  let count = 0;
  for await (const page of pages(deps.stores.subscriptions, {})) {
    const ways = await Promise.all(page.map(({ id }) => deps.stores.references.get(id)));
    count += ways.filter((way) => !way?.value.installed).length;
  }
  return count;
}
