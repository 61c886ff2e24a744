/**
 * Each error code says what the reader can do about it. `sentence` is safe to show in chat and says what
 * to do next. For any other error people see 'something went wrong' with a reference, and only the log
 * gets the detail.
 */
export type ErrorCode =
  | 'invalidInput' // correct what was entered and send it again
  | 'notAllowed' // ask somebody who may
  | 'notFound' // it is gone, or may not be seen: both read the same
  | 'conflict' // somebody else was first; look again
  | 'tryLater' // a service did not answer; the same call may work later
  | 'settings'; // the operator has to change a setting

export class KeyturnError extends Error {
  override readonly name = 'KeyturnError';
  constructor(
    readonly code: ErrorCode,
    readonly sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

export const invalidInput = (sentence: string) => new KeyturnError('invalidInput', sentence);
export const notAllowed = (sentence: string) => new KeyturnError('notAllowed', sentence);
export const notFound = (sentence: string) => new KeyturnError('notFound', sentence);
export const conflict = (sentence: string, cause?: unknown) =>
  new KeyturnError('conflict', sentence, { cause });
export const tryLater = (sentence: string, cause?: unknown) =>
  new KeyturnError('tryLater', sentence, { cause });
export const settingsFault = (sentence: string, cause?: unknown) =>
  new KeyturnError('settings', sentence, { cause });

/** Thrown by a store: another document already has this unique key. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey';
  constructor(
    readonly collection: string,
    /** `id`, or the name of the unique key as `storage/collections` declares it. */
    readonly key: string,
  ) {
    super(`${collection}: another document has the same ${key}`);
  }
}

/**
 * Thrown by a store: somebody changed or removed the document since this version of it was read. Read
 * again, decide again.
 */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(
    readonly collection: string,
    readonly id: string,
  ) {
    super(`${collection}: ${id} was changed by somebody else`);
  }
}

/**
 * Thrown by a store that cannot be reached, or whose answer to a write is unknown: the write may have
 * happened or not.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
