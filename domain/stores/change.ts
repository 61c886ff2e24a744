import { DuplicateKey, VersionConflict } from '../errors';
import type { Store, Stored } from '../ports';
import { type Policy, type Try, tried, untilDone } from './retried';

type Changeable<T> = Pick<Store<T, never, never>, 'get' | 'replace'>;
type Puttable<T> = Changeable<T> & Pick<Store<T, never, never>, 'insert'>;
type Answer<T> = T | Promise<T>;

interface Gone {
  /** The error for a missing document. */
  gone(): Error;
}

/**
 * Applies `fn` to the document as it stands, and again when somebody else changed it in between. Undefined,
 * or the very same value, leaves it as it is. `fn` must be safe to call more than once. A document given as
 * `of` is not read before the first try. Answers undefined for a missing document, unless the policy has
 * `gone`. Throws as the policy says, and at once what `fn` throws.
 */
export function change<T>(
  store: Changeable<T>,
  of: string | Stored<T>,
  fn: (value: T) => Answer<T | undefined>,
  policy: Policy & Gone,
): Promise<Stored<T>>;
export function change<T>(
  store: Changeable<T>,
  of: string | Stored<T>,
  fn: (value: T) => Answer<T | undefined>,
  policy?: Policy,
): Promise<Stored<T> | undefined>;
export function change<T>(
  store: Changeable<T>,
  of: string | Stored<T>,
  fn: (value: T) => Answer<T | undefined>,
  policy: Policy & Partial<Gone> = {},
): Promise<Stored<T> | undefined> {
  let atHand = typeof of === 'string' ? undefined : of;
  const attempt = async (): Promise<Try<Stored<T> | undefined>> => {
    const current = atHand ?? (await store.get(typeof of === 'string' ? of : of.id));
    atHand = undefined;
    if (!current && policy.gone) throw policy.gone();
    if (!current) return { done: undefined };
    const value = await fn(current.value);
    if (value === undefined || value === current.value) return { done: current };
    return tried(store.replace(current, value));
  };
  return untilDone(attempt, policy);
}

/**
 * The same for a document that may be missing: `fn` then gets undefined, and its answer is inserted. Throws
 * as the policy says, and DuplicateKey when another document has a unique key of the new value.
 */
export function put<T>(
  store: Puttable<T>,
  id: string,
  fn: (known: T | undefined) => Answer<T>,
  policy?: Policy,
): Promise<Stored<T>>;
export function put<T>(
  store: Puttable<T>,
  id: string,
  fn: (known: T | undefined) => Answer<T | undefined>,
  policy?: Policy,
): Promise<Stored<T> | undefined>;
export function put<T>(
  store: Puttable<T>,
  id: string,
  fn: (known: T | undefined) => Answer<T | undefined>,
  policy?: Policy,
): Promise<Stored<T> | undefined> {
  const attempt = async (): Promise<Try<Stored<T> | undefined>> => {
    const current = await store.get(id);
    const value = await fn(current?.value);
    if (value === undefined || value === current?.value) return { done: current };
    return tried(current ? store.replace(current, value) : inserted(store, id, value));
  };
  return untilDone(attempt, policy);
}

/** Somebody else may have inserted it since the last read. */
async function inserted<T>(store: Puttable<T>, id: string, value: T): Promise<Stored<T>> {
  try {
    return await store.insert(id, value);
  } catch (error) {
    if (error instanceof DuplicateKey && (await store.get(id)))
      throw new VersionConflict(error.collection, id);
    throw error;
  }
}
