import type { ConversationReferenceRecord } from '../conversations/conversationState';
import type { Store } from '../ports';
import type { Subscription } from './notification';

const PAGE = 500;

/** How many places asked to be told and hear nothing, because Keyturn is not let in there any more. */
export async function unreachablePlaces(deps: {
  subscriptions: Store<Subscription>;
  references: Store<ConversationReferenceRecord>;
}): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await deps.subscriptions.list({ limit: PAGE, ...(after && { after }) });
    const ways = await Promise.all(page.items.map(({ id }) => deps.references.get(id)));
    count += ways.filter((way) => !way?.value.installed).length;
    after = page.next;
  } while (after);
  return count;
}
