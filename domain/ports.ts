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
  /** `next` of the page before. Keyset paging: stable under inserts. */
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
 * One collection of versioned documents. Values are plain data (JSON types plus Date). Which keys can be listed by,
 * which are unique, which field makes a document due or expired, is declared once in `storage/collections`; `Keys` and
 * `UniqueKeys` are their names, from `domain/stores/stores.ts`.
 * What is handed out is the caller's own copy. An expired document is never returned, whether or not it has been swept yet.
 * Throws DuplicateKey, VersionConflict, StoreUnavailable.
 */
export interface Store<T, Keys extends string, UniqueKeys extends string> {
  insert(id: string, value: T): Promise<Stored<T>>;
  get(id: string): Promise<Stored<T> | undefined>;
  /** The document whose declared unique key `key` equals `value`. */
  find: (key: UniqueKeys, value: Key) => Promise<Stored<T> | undefined>;
  /** Compare-and-set: writes only while the stored version is still `current.version`, else VersionConflict. */
  replace(current: Stored<T>, value: T): Promise<Stored<T>>;
  /** Removes it while it still has this version (any version when `version` is absent); false when it was gone. */
  remove(id: string, version?: number): Promise<boolean>;
  list: (query: ListQuery<Keys>) => Promise<Page<T>>;
  count: (query?: Pick<ListQuery<Keys>, 'where' | 'range' | 'contains'>) => Promise<number>;
  /**
   * Up to `limit` documents whose declared due time is at or before `now`, each handed to one caller only.
   * Where a line is declared, lines take turns and `most` bounds what one of them gets; within a line the
   * oldest goes first. One that was handed out is not due again before `now + leaseMs`, unless it is replaced
   * (the due time is then declared anew by the new value, and the lease ends). Claiming counts as a change:
   * the returned version is the one to replace.
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
   * What was claimed, sent, skipped, and why; ids alone, never words of people. Absent unless somebody wants it: called as
   * `log.debug?.({ ... }, '...')`, its fields are not even made then.
   */
  debug?(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
