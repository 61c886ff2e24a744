import type { Key } from '../domain/ports';

/** A document as a driver keeps it. */
export interface Row {
  id: string;
  version: number;
  body: string;
}

/** What a driver writes of a document: its text, and beside it the values of its declared keys. */
export interface Fields {
  body: string;
  keys: Record<string, Key | undefined>;
  unique: Record<string, Key | undefined>;
  due?: number;
  /** See lineOf. */
  line?: string;
  expires?: number;
}

/** A list's filter, already checked: every name is declared, every value a plain key. */
export interface Filter {
  where: [key: string, value: Key][];
  range?: { key: string; from?: Key; to?: Key };
  contains?: { key: string; text: string };
}

export interface Selection extends Filter {
  /** Only documents that have this key are listed. Absent: by id. */
  sort?: { key: string; descending: boolean };
  /** The last one of the page before. */
  after?: { value?: Key; id: string };
  limit: number;
}

/** How many rows of one line are wanted; null: of those that an earlier version wrote, without a line. */
export interface Share {
  line: string | null;
  count: number;
}

type Answer<T> = T | Promise<T>;

/**
 * What a driver does for one collection; the rest is the same for all (createStore). `now` hides what has expired.
 * Throws DuplicateKey and StoreUnavailable.
 */
export interface Table {
  insert(id: string, fields: Fields): Answer<void>;
  get(id: string, now: number): Answer<Row | undefined>;
  find(key: string, value: Key, now: number): Answer<Row | undefined>;
  /** Writes version + 1; false when this version is not there any more. */
  replace(id: string, version: number, fields: Fields, now: number): Answer<boolean>;
  remove(id: string, version: number | undefined, now: number): Answer<boolean>;
  list(selection: Selection, now: number): Answer<Row[]>;
  count(filter: Filter, now: number): Answer<number>;
  claim(dueBy: number, leaseUntil: number, limit: number, now: number): Answer<Row[]>;
  /** Of which lines something is due, in order; without reading what is due of each. */
  dueLines(dueBy: number, now: number): Answer<(string | null)[]>;
  /** Of each line its oldest. */
  claimShares(dueBy: number, leaseUntil: number, shares: Share[], now: number): Answer<Row[][]>;
  /** Deletes what has expired; how many. */
  sweep(now: number): Answer<number>;
}
