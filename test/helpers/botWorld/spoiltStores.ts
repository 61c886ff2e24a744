import { StoreUnavailable, VersionConflict } from '../../../domain/errors';
import type { Store } from '../../../domain/ports';
import type { Stores } from '../../../domain/stores/stores';

type Method = 'get' | 'insert' | 'replace' | 'list';

/** A store whose calls can fail: `before` throws instead of the call, `after` throws once it is done. */
function spoilt<T, Keys extends string, UniqueKeys extends string>(
  store: Store<T, Keys, UniqueKeys>,
  before: (method: Method) => void,
  after: (method: Method) => void,
): Store<T, Keys, UniqueKeys> {
  const through =
    <A extends unknown[], R>(method: Method, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      before(method);
      const result = await call(...args);
      after(method);
      return result;
    };
  return {
    ...store,
    get: through('get', store.get),
    insert: through('insert', store.insert),
    replace: through('replace', store.replace),
    list: through('list', store.list),
  };
}

const nothing = () => undefined;

/** The database is unreachable while `away()` says so. */
export const withOutage =
  (away: () => boolean) =>
  (stores: Stores): Stores => {
    const check = () => {
      if (away()) throw new StoreUnavailable('the database does not answer');
    };
    const entries = Object.entries(stores).map(([name, store]) => [
      name,
      spoilt(store as Store<unknown, never, never>, check, nothing),
    ]);
    return Object.fromEntries(entries) as Stores;
  };

/** The first commit of a conversation's turn loses to another one whenever `armed` says so. */
export const withConflict =
  (armed: { now: boolean }) =>
  (stores: Stores): Stores => ({
    ...stores,
    conversations: spoilt(
      stores.conversations,
      (method) => {
        if (!armed.now || (method !== 'replace' && method !== 'insert')) return;
        armed.now = false;
        throw new VersionConflict('conversations', 'this one');
      },
      nothing,
    ),
  });
