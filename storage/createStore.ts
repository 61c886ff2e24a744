import { DuplicateKey, VersionConflict } from '../domain/errors';
import type { Clock, Key, ListQuery, Page, Store, Stored } from '../domain/ports';
import { createClaimFairly } from './claimFairly';
import type { AnyCollection, CollectionDef } from './collectionDef';
import { checkedKey, declared, fieldsOf, filterOf, readDocument } from './keys';
import { cursorAfter, readCursor } from './pageCursor';
import { StoreMisuse } from './storeMisuse';
import type { Row, Selection, Table } from './table';

const LARGEST_PAGE = 1000;

/**
 * The store of one collection on any driver: its checks, encoding and promises are the same for all drivers.
 */
export function createStore<T, Keys extends string, UniqueKeys extends string>(
  def: CollectionDef<T, Keys, UniqueKeys>,
  table: Table,
  clock: Clock,
): Store<T, Keys, UniqueKeys> {
  const claimFairly = createClaimFairly(table);
  const shown = (row: Row | undefined) => row && stored(def, row);
  return {
    async insert(id, value) {
      const fields = fieldsOf(def, value);
      await afterSweep(def, table, clock, () => table.insert(checkedKey(id), fields));
      return { id, version: 1, value };
    },
    get: async (id) => shown(await table.get(checkedKey(id), clock.now())),
    find: async (key, value) =>
      shown(await table.find(declared(def, 'unique', key), checkedKey(value), clock.now())),
    async replace({ id, version }, value) {
      const fields = fieldsOf(def, value);
      const write = () => table.replace(checkedKey(id), checkedKey(version), fields, clock.now());
      if (!(await afterSweep(def, table, clock, write))) throw new VersionConflict(def.name, id);
      return { id, version: version + 1, value };
    },
    remove: async (id, version) =>
      table.remove(checkedKey(id), version === undefined ? undefined : checkedKey(version), clock.now()),
    list: async (query) => page(def, query, await table.list(selectionOf(def, query), clock.now())),
    count: async (query = {}) => table.count(filterOf(def, query), clock.now()),
    async claimDue(now, leaseMs, limit, most = () => limit) {
      if (!def.due) throw new StoreMisuse(`${def.name} is never due`);
      const leaseUntil = now + checkedKey(leaseMs);
      const asked = { dueBy: checkedKey(now), leaseUntil, limit: checkedLimit(limit), now: clock.now() };
      const rows = def.line
        ? await claimFairly({ ...asked, most })
        : await table.claim(asked.dueBy, leaseUntil, limit, asked.now);
      return rows.map((row) => stored(def, row));
    },
  };
}

const stored = <T>(def: AnyCollection<T>, row: Row): Stored<T> => ({
  id: row.id,
  version: row.version,
  value: readDocument(def, row),
});

/** Selects one row more than asked for, to know whether there is a next page. */
function selectionOf<T>(def: AnyCollection<T>, query: ListQuery<string>): Selection {
  const { sort, after } = query;
  return {
    ...filterOf(def, query),
    sort: sort && { key: declared(def, 'keys', sort.key), descending: sort.descending ?? false },
    after: after === undefined ? undefined : readCursor(sort, after),
    limit: checkedLimit(query.limit) + 1,
  };
}

function page<T>(def: AnyCollection<T>, { sort, limit }: ListQuery<string>, rows: Row[]): Page<T> {
  const items = rows.slice(0, limit).map((row) => stored(def, row));
  const last = items.at(-1);
  if (!last || rows.length <= limit) return { items };
  const value: Key | undefined = sort && def.keys[sort.key]?.(last.value);
  return { items, next: cursorAfter(sort, value, last.id) };
}

function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return limit;
  throw new StoreMisuse(`a limit is a whole number from 1 to ${LARGEST_PAGE}`);
}

/**
 * An expired document must not hold a unique key, so expired documents are swept and the write is tried once
 * more.
 */
async function afterSweep<R, T>(
  def: AnyCollection<T>,
  table: Table,
  clock: Clock,
  write: () => R,
): Promise<Awaited<R>> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof DuplicateKey) || !def.expires || (await table.sweep(clock.now())) === 0)
      throw error;
    return await write();
  }
}
