import { DuplicateKey, VersionConflict } from '../../../domain/errors';
import type { Clock, Key, ListQuery, Page, Store, Stored } from '../../../domain/ports';
import type { AnyCollection, KeyOf } from '../../../storage/collectionDef';
import { StoreMisuse } from '../../../storage/storeMisuse';

interface Row<T> {
  version: number;
  value: T;
  dueAt?: number;
}

type Filter = Pick<ListQuery<string>, 'where' | 'range' | 'contains'>;

/**
 * Keeps the promises of `Store` in memory, for tests of use cases. Values are copied on the way in and out.
 */
export class MemoryStore<T> implements Store<T, string, string> {
  private readonly rows = new Map<string, Row<T>>();

  constructor(
    private readonly def: AnyCollection<T>,
    private readonly clock: Clock,
  ) {}

  async insert(id: string, value: T): Promise<Stored<T>> {
    if (this.live(id)) throw new DuplicateKey(this.def.name, 'id');
    return this.write(id, 1, value);
  }

  async get(id: string): Promise<Stored<T> | undefined> {
    const row = this.live(id);
    return row && copy(id, row);
  }

  async find(key: string, value: Key): Promise<Stored<T> | undefined> {
    const keyOf = declared(this.def.unique, key);
    const found = this.all().find((item) => keyOf(item.value) === value);
    return found && copy(found.id, found);
  }

  async replace(current: Stored<T>, value: T): Promise<Stored<T>> {
    if (this.live(current.id)?.version !== current.version)
      throw new VersionConflict(this.def.name, current.id);
    return this.write(current.id, current.version + 1, value);
  }

  async remove(id: string, version?: number): Promise<boolean> {
    const row = this.live(id);
    if (!row || (version !== undefined && row.version !== version)) return false;
    return this.rows.delete(id);
  }

  async list(query: ListQuery<string>): Promise<Page<T>> {
    const way = query.sort?.descending ? -1 : 1;
    const cursorOf = this.cursorsBy(query.sort);
    const sorted = this.matching(query)
      .map((item) => ({ item, cursor: cursorOf(item) }))
      .sort((a, b) => way * inOrder(a.cursor, b.cursor));
    const after = query.after && (JSON.parse(query.after) as PageCursor);
    const rest = after ? sorted.filter(({ cursor }) => way * inOrder(cursor, after) > 0) : sorted;
    const page = rest.slice(0, query.limit);
    const items = page.map(({ item }) => copy(item.id, item));
    return rest.length > page.length ? { items, next: JSON.stringify(page.at(-1)?.cursor) } : { items };
  }

  async count(query: Filter = {}): Promise<number> {
    return this.matching(query).length;
  }

  async claimDue(
    now: number,
    leaseMs: number,
    limit: number,
    most: (line: string) => number = () => limit,
  ): Promise<Stored<T>[]> {
    const due = [...this.rows]
      .filter(([id, row]) => this.live(id) && row.dueAt !== undefined && row.dueAt <= now)
      .sort(([, a], [, b]) => order(a.dueAt, b.dueAt));
    return this.inTurns(due, limit, most).map(([id, row]) => {
      const claimed = { ...row, version: row.version + 1, dueAt: now + leaseMs };
      this.rows.set(id, claimed);
      return copy(id, claimed);
    });
  }

  /** The first of each line, then the second of each. */
  private inTurns(due: [string, Row<T>][], limit: number, most: (line: string) => number) {
    const { line } = this.def;
    if (!line) return due.slice(0, limit);
    const turns = new Map<string, number>();
    const placed = due.map((entry) => {
      const name = line(entry[1].value);
      const turn = turns.get(name) ?? 0;
      turns.set(name, turn + 1);
      return { entry, turn, name };
    });
    const mine = placed.filter(({ turn, name }) => turn < most(name)).sort((a, b) => a.turn - b.turn);
    return mine.slice(0, limit).map(({ entry }) => entry);
  }

  private write(id: string, version: number, value: T): Stored<T> {
    const others = this.all().filter((item) => item.id !== id);
    for (const [key, keyOf] of Object.entries(this.def.unique)) {
      const mine = keyOf(value);
      if (mine !== undefined && others.some((other) => keyOf(other.value) === mine))
        throw new DuplicateKey(this.def.name, key);
    }
    const row = { version, value: structuredClone(value), dueAt: this.def.due?.(value) };
    this.rows.set(id, row);
    return copy(id, row);
  }

  private live(id: string): Row<T> | undefined {
    const row = this.rows.get(id);
    const expiresAt = row && this.def.expires?.(row.value);
    return expiresAt !== undefined && expiresAt <= this.clock.now() ? undefined : row;
  }

  private all(): Stored<T>[] {
    return [...this.rows].filter(([id]) => this.live(id)).map(([id, row]) => ({ id, ...row }));
  }

  private matching({ where = {}, range, contains }: Filter): Stored<T>[] {
    const equal = Object.entries(where).map(([key, value]) => ({
      keyOf: declared(this.def.keys, key),
      value,
    }));
    const ranged = range && declared(this.def.keys, range.key);
    const searched = contains && declared(this.def.keys, contains.key);
    return this.all().filter(
      ({ value }) =>
        equal.every((wanted) => wanted.keyOf(value) === wanted.value) &&
        (!ranged || within(ranged(value), range)) &&
        (!searched || String(searched(value) ?? '').includes(contains.text)),
    );
  }

  private cursorsBy(sort: ListQuery<string>['sort']): (item: Stored<T>) => PageCursor {
    const keyOf = sort && declared(this.def.keys, sort.key);
    return ({ id, value }) => [keyOf ? keyOf(value) : id, id];
  }
}

type PageCursor = [Key | undefined, string];

const inOrder = (a: PageCursor, b: PageCursor): number => order(a[0], b[0]) || order(a[1], b[1]);

const order = (a: Key | undefined, b: Key | undefined): number =>
  a === b ? 0 : a === undefined || (b !== undefined && a < b) ? -1 : 1;

const within = (key: Key | undefined, { from, to }: { from?: Key; to?: Key }): boolean =>
  key !== undefined &&
  (from === undefined || order(key, from) >= 0) &&
  (to === undefined || order(key, to) < 0);

const copy = <T>(id: string, { version, value }: Row<T>): Stored<T> => ({
  id,
  version,
  value: structuredClone(value),
});

function declared<T>(keys: Record<string, KeyOf<T>>, key: string): KeyOf<T> {
  const found = keys[key];
  if (!found) throw new StoreMisuse(`${key} is not declared`);
  return found;
}
