import { invalidInput } from '../domain/errors';
import type { Key, ListQuery } from '../domain/ports';
import { decode, encode } from './codec';
import type { AnyCollection, KeyOf } from './collectionDef';
import { StoreMisuse } from './storeMisuse';
import type { Fields, Filter, Row } from './table';

/** Databases end a text at NUL and replace an unpaired surrogate, so that two keys could become one. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * Returns a valid text or finite number unchanged. Throws invalidInput for characters that no database keeps,
 * StoreMisuse for anything else.
 */
export function checkedKey<K extends Key>(value: K): K {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') throw new StoreMisuse('a key is a text or a finite number');
  if (!UNSTORABLE.test(value)) return value;
  throw invalidInput('Some of these characters cannot be used. Leave them out and try again.');
}

/** The stored form of a value: its text and its declared keys. */
export function fieldsOf<T>(def: AnyCollection<T>, value: T): Fields {
  return {
    body: encode(value),
    keys: keysOf(def.keys, value),
    unique: keysOf(def.unique, value),
    due: def.due && keyOf(def.due, value),
    line: lineOf(def, value),
    expires: def.expires && keyOf(def.expires, value),
  };
}

/** The value of a stored document, in its present form. */
export function readDocument<T>({ read }: AnyCollection<T>, { id, body }: Pick<Row, 'id' | 'body'>): T {
  const value = decode<T>(body);
  return read ? read(value, id) : value;
}

/** Sorts lines that go ahead before the rest. The declared line follows the bar. */
function lineOf<T>({ line, first }: AnyCollection<T>, value: T): string | undefined {
  return line && `${first?.(value) ? AHEAD : '1'}|${checkedKey(line(value))}`;
}
export const AHEAD = '0';

const keysOf = <T>(keys: Record<string, KeyOf<T>>, value: T): Record<string, Key | undefined> =>
  Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keyOf(key, value)]));

function keyOf<T, K extends Key>(key: KeyOf<T, K>, value: T): K | undefined {
  const found = key(value);
  return found === undefined ? undefined : checkedKey(found);
}

/** Throws StoreMisuse unless `key` is a declared key of this sort. */
export function declared<T>(def: AnyCollection<T>, sort: 'keys' | 'unique', key: string): string {
  if (Object.hasOwn(def[sort], key)) return key;
  throw new StoreMisuse(`${def.name} has no ${sort === 'keys' ? 'key' : 'unique key'} of that name declared`);
}

/** Checks every name and value of a filter. */
export function filterOf<T>(def: AnyCollection<T>, query: Pick<ListQuery<string>, keyof Filter>): Filter {
  const { where = {}, range, contains } = query;
  return {
    where: Object.keys(where).map((key) => [declared(def, 'keys', key), checkedKey(where[key] as Key)]),
    range: range && {
      key: declared(def, 'keys', range.key),
      from: range.from === undefined ? undefined : checkedKey(range.from),
      to: range.to === undefined ? undefined : checkedKey(range.to),
    },
    contains: contains && {
      key: declared(def, 'keys', contains.key),
      text: String(checkedKey(contains.text)),
    },
  };
}
