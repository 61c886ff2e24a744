import type { ListQuery, Store, Stored } from '../../ports';
import { pages } from '../../stores/pages';
import type { Stores } from '../../stores/stores';
import { type ImportPage, pageIdOf } from '../importRun';

/** Reads a run's pages one after another, never more than one in memory; lets other work in between. */
export async function* storedPages(
  pages: Stores['importPages'],
  runId: string,
  upTo: number,
): AsyncGenerator<Stored<ImportPage>> {
  for (let number = 1; number <= upTo; number++) {
    const page = await pages.get(pageIdOf(runId, number));
    if (page) yield page;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Reads every document with these keys. */
export async function* everything<T, Keys extends string>(
  store: Pick<Store<T, Keys, never>, 'list'>,
  where: NoInfer<ListQuery<Keys>['where']>,
): AsyncGenerator<Stored<T>> {
  for await (const page of pages(store, { where } as Omit<ListQuery<Keys>, 'limit'>)) {
    yield* page;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
