import { DuplicateKey, VersionConflict } from '../../domain/errors';
import type { Clock, Key, ListQuery, Page, Store, Stored } from '../../domain/ports';

/** What a collection declares: keys to list by, keys that are unique, and the fields that make it due or expired. */
export interface MemoryShape<T> {
  keys(value: T): Record<string, Key | undefined>;
  unique?(value: T): Record<string, Key | undefined>;
  due?(value: T): number | undefined;
  expires?(value: T): number | undefined;
}

interface Row<T> {
  version: number;
  value: T;
  dueAt?: number;
}

/** Keeps the promises of `Store` in memory, for tests of use cases. Values are copied in and out. */
export class MemoryStore<T> implements Store<T> {
  private readonly rows = new Map<string, Row<T>>();

  constructor(
    private readonly name: string,
    private readonly shape: MemoryShape<T>,
    private readonly clock: Clock,
  ) {}

  async insert(id: string, value: T): Promise<Stored<T>> {
    if (this.live(id)) throw new DuplicateKey(this.name, 'id');
    return this.write(id, 1, value);
  }

  async get(id: string): Promise<Stored<T> | undefined> {
    const row = this.live(id);
    return row && this.stored(id, row);
  }

  async find(key: string, value: Key): Promise<Stored<T> | undefined> {
    const found = this.all().find((item) => this.shape.unique?.(item.value)[key] === value);
    return found && structuredClone(found);
  }

  async replace(current: Stored<T>, value: T): Promise<Stored<T>> {
    if (this.live(current.id)?.version !== current.version) throw new VersionConflict(this.name, current.id);
    return this.write(current.id, current.version + 1, value);
  }

  async remove(id: string, version?: number): Promise<boolean> {
    const row = this.live(id);
    if (!row || (version !== undefined && row.version !== version)) return false;
    return this.rows.delete(id);
  }

  async list(query: ListQuery): Promise<Page<T>> {
    const sorted = this.matching(query).sort((a, b) => this.compare(a, b, query.sort));
    const found = query.after === undefined ? 0 : sorted.findIndex((item) => this.isAfter(item, query));
    const start = found < 0 ? sorted.length : found;
    const items = sorted.slice(start, start + query.limit).map((item) => structuredClone(item));
    const last = items.at(-1);
    const more = last && start + query.limit < sorted.length;
    return more ? { items, next: JSON.stringify([this.sortKey(last, query.sort), last.id]) } : { items };
  }

  async count(query: Pick<ListQuery, 'where' | 'range' | 'contains'> = {}): Promise<number> {
    return this.matching(query).length;
  }

  async claimDue(now: number, leaseMs: number, limit: number): Promise<Stored<T>[]> {
    const due = [...this.rows]
      .filter(([id, row]) => this.live(id) && row.dueAt !== undefined && row.dueAt <= now)
      .sort((a, b) => (a[1].dueAt ?? 0) - (b[1].dueAt ?? 0))
      .slice(0, limit);
    return due.map(([id, row]) => {
      const claimed = { ...row, version: row.version + 1, dueAt: now + leaseMs };
      this.rows.set(id, claimed);
      return this.stored(id, claimed);
    });
  }

  private write(id: string, version: number, value: T): Stored<T> {
    const unique = Object.entries(this.shape.unique?.(value) ?? {});
    for (const [key, mine] of unique) {
      const taken = (other: Stored<T>) => other.id !== id && this.shape.unique?.(other.value)[key] === mine;
      if (mine !== undefined && this.all().some(taken)) throw new DuplicateKey(this.name, key);
    }
    const row: Row<T> = { version, value: structuredClone(value), dueAt: this.shape.due?.(value) };
    this.rows.set(id, row);
    return this.stored(id, row);
  }

  private live(id: string): Row<T> | undefined {
    const row = this.rows.get(id);
    const expiresAt = row && this.shape.expires?.(row.value);
    return expiresAt !== undefined && expiresAt <= this.clock.now() ? undefined : row;
  }

  private all(): Stored<T>[] {
    return [...this.rows].flatMap(([id]) => {
      const row = this.live(id);
      return row ? [{ id, version: row.version, value: row.value }] : [];
    });
  }

  private stored = (id: string, row: Row<T>): Stored<T> => ({
    id,
    version: row.version,
    value: structuredClone(row.value),
  });

  private matching({ where, range, contains }: Pick<ListQuery, 'where' | 'range' | 'contains'>): Stored<T>[] {
    return this.all().filter((item) => {
      const keys = { ...this.shape.keys(item.value), ...this.shape.unique?.(item.value) };
      const ranged = range && keys[range.key];
      return (
        Object.entries(where ?? {}).every(([key, value]) => keys[key] === value) &&
        (!range ||
          (ranged !== undefined &&
            (range.from === undefined || order(ranged, range.from) >= 0) &&
            (range.to === undefined || order(ranged, range.to) < 0))) &&
        (!contains || String(keys[contains.key] ?? '').includes(contains.text))
      );
    });
  }

  private sortKey(item: Stored<T>, sort: ListQuery['sort']): Key | undefined {
    if (!sort) return item.id;
    return { ...this.shape.keys(item.value), ...this.shape.unique?.(item.value) }[sort.key];
  }

  private compare(a: Stored<T>, b: Stored<T>, sort: ListQuery['sort']): number {
    const by = order(this.sortKey(a, sort), this.sortKey(b, sort)) || order(a.id, b.id);
    return sort?.descending ? -by : by;
  }

  private isAfter(item: Stored<T>, query: ListQuery): boolean {
    const [key, id] = JSON.parse(query.after ?? '[]') as [Key, string];
    const by = order(this.sortKey(item, query.sort), key) || order(item.id, id);
    return query.sort?.descending ? by < 0 : by > 0;
  }
}

const order = (a: Key | undefined, b: Key | undefined): number =>
  a === b ? 0 : a === undefined || (b !== undefined && a < b) ? -1 : 1;
