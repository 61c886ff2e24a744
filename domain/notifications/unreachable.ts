import type { Stores } from '../stores/stores';

const PAGE = 500;

/** How many places asked to be told and hear nothing, because Keyturn is not let in there any more. */
export async function unreachablePlaces(deps: Pick<Stores, 'subscriptions' | 'references'>): Promise<number> {
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
