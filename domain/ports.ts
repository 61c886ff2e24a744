/** A stored document: `version` starts at 1 and grows by 1 with every replace. */
export interface Stored<T> {
  readonly id: string;
  readonly version: number;
  readonly value: T;
}

export type Key = string | number;

/** `Keys`: the names of the collection's listed keys. */
export interface ListQuery<Keys extends string> {
  /** Keys that must be equal. */
  where?: { [Name in Keys]?: Key };
  /** A key within `from` (inclusive) .. `to` (exclusive). */
  range?: { key: Keys; from?: Key; to?: Key };
  /** A text key that contains `text` literally (no wildcards). */
  contains?: { key: Keys; text: string };
  /** A key to sort by, ties broken by id; default: id, ascending. */
  sort?: { key: Keys; descending?: boolean };
  /** `next` of the previous page. Paging by key: stable under inserts. */
  after?: string;
  /** 1..1000 */
  limit: number;
}

export interface Page<T> {
  items: Stored<T>[];
  /** Opaque; absent at the end. */
  next?: string;
}

/**
 * One collection of versioned documents. Values are plain data (JSON types plus Date). `storage/collections`
 * declares once which keys can be listed by, which are unique, and which field makes a document due or
 * expired; `Keys` and `UniqueKeys` are their names, from `domain/stores/stores.ts`. The caller gets its own
 * copy of each document. The store never returns an expired document, even before it is deleted. Throws
 * DuplicateKey, VersionConflict, StoreUnavailable.
 */
export interface Store<T, Keys extends string, UniqueKeys extends string> {
  insert(id: string, value: T): Promise<Stored<T>>;
  get(id: string): Promise<Stored<T> | undefined>;
  /** The document whose declared unique key `key` equals `value`. */
  find: (key: UniqueKeys, value: Key) => Promise<Stored<T> | undefined>;
  /**
   * Compare-and-set: writes only while the stored version is still `current.version`,
   * else throws VersionConflict.
   */
  replace(current: Stored<T>, value: T): Promise<Stored<T>>;
  /**
   * Removes the document while it still has this version (any version when `version` is absent); false when
   * it was gone.
   */
  remove(id: string, version?: number): Promise<boolean>;
  list: (query: ListQuery<Keys>) => Promise<Page<T>>;
  count: (query?: Pick<ListQuery<Keys>, 'where' | 'range' | 'contains'>) => Promise<number>;
  /**
   * Claims up to `limit` documents whose declared due time is at or before `now`; each goes to one caller
   * only. Where a line is declared, lines take turns and `most` bounds what one of them gets; within a line
   * the oldest goes first. A claimed document is not due again before `now + leaseMs`, unless it is replaced:
   * then the new value declares the due time anew, and the lease ends. Claiming counts as a change: the
   * returned version is the one to replace.
   */
  claimDue(
    now: number,
    leaseMs: number,
    limit: number,
    most?: (line: string) => number,
  ): Promise<Stored<T>[]>;
}

/** Milliseconds since 1970-01-01 UTC; the unit of every `...At` in the domain. */
export interface Clock {
  now(): number;
}

export interface Random {
  /** A v4 UUID. */
  id(): string;
  /** `bytes` random bytes, base64url. */
  token(bytes: number): string;
  /** `digits` random decimal digits. */
  digits(digits: number): string;
}

export interface Log {
  /**
   * Logs what was claimed, sent, skipped, and why; only ids, never words of people. Absent unless somebody
   * wants it: called as `log.debug?.({ ... }, '...')`, so that its fields are not even made otherwise.
   */
  debug?(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
