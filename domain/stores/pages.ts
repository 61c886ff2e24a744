import type { Page, Stored } from '../ports';

const LIMIT = 500;

/** All documents that a query finds, page by page. */
export async function* pages<T, Query extends { after?: string | undefined; limit: number }>(
  store: { list(query: Query): Promise<Page<T>> },
  query: NoInfer<Omit<Query, 'after' | 'limit'>> & { limit?: number },
): AsyncGenerator<Stored<T>[]> {
  let after: string | undefined;
  do {
    const page = await store.list({ limit: LIMIT, ...query, after } as unknown as Query);
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}
