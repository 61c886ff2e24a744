import { pages } from '../stores/pages';
import type { Stores } from '../stores/stores';

/** How many conversations asked to be told and are told nothing, because Keyturn was removed there. */
export async function unreachableConversations(
  deps: Pick<Stores, 'subscriptions' | 'references'>,
): Promise<number> {
  let count = 0;
  for await (const page of pages(deps.subscriptions, {})) {
    const ways = await Promise.all(page.map(({ id }) => deps.references.get(id)));
    count += ways.filter((way) => !way?.value.installed).length;
  }
  return count;
}
