import { decode } from './codec';
import type { AnyCollection } from './collectionDef';
import type { Row } from './table';

/** The value of a stored document, in its present form. */
export function readDocument<T>({ read }: AnyCollection<T>, { id, body }: Pick<Row, 'id' | 'body'>): T {
  const value = decode<T>(body);
  return read ? read(value, id) : value;
}
