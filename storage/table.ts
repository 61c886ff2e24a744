import type { Key } from '../domain/ports';

/** A document as a driver keeps it. */
export interface Row {
  id: string;
  version: number;
  body: string;
}

/** What a driver stores for a document: its text, and beside it the values of its declared keys. */
export interface Fields {
  body: string;
  keys: Record<string, Key | undefined>;
  unique: Record<string, Key | undefined>;
  due?: number;
  /** See lineOf. */
  line?: string;
  expires?: number;
}

/** A checked filter for a list: every name is declared, every value a plain key. */
export interface Filter {
  where: [key: string, value: Key][];
  range?: { key: string; from?: Key; to?: Key };
  contains?: { key: string; text: string };
}

export interface Selection extends Filter {
  /** Lists only documents that have this key. Absent: sorted by id. */
  sort?: { key: string; descending: boolean };
  /** The last row of the previous page. */
  after?: { value?: Key; id: string };
  limit: number;
}

/**
 * How many rows of one line are wanted; null stands for rows without a line, which an earlier version wrote.
 */
export interface Share {
  line: string | null;
  count: number;
}

type Answer<T> = T | Promise<T>;

/**
 * What a driver does for one collection; createStore does the rest for all drivers. Rows that have expired by
 * `now` are hidden. Throws DuplicateKey and StoreUnavailable.
 */
export interface Table {
  insert(id: string, fields: Fields): Answer<void>;
  get(id: string, now: number): Answer<Row | undefined>;
  find(key: string, value: Key, now: number): Answer<Row | undefined>;
  /** Writes version + 1. Returns false when the stored version is another one. */
  replace(id: string, version: number, fields: Fields, now: number): Answer<boolean>;
  remove(id: string, version: number | undefined, now: number): Answer<boolean>;
  list(selection: Selection, now: number): Answer<Row[]>;
  count(filter: Filter, now: number): Answer<number>;
  claim(dueBy: number, leaseUntil: number, limit: number, now: number): Answer<Row[]>;
  /** The lines that have a due row, in order, without reading those rows. */
  dueLines(dueBy: number, now: number): Answer<(string | null)[]>;
  /** Claims the oldest rows of each line. */
  claimShares(dueBy: number, leaseUntil: number, shares: Share[], now: number): Answer<Row[][]>;
  /** Deletes expired rows, and returns how many. */
  sweep(now: number): Answer<number>;
}
