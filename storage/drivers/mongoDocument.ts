import type { ObjectId } from 'mongodb';
import type { Key } from '../../domain/ports';
import type { Fields, Row } from '../table';

/** A document as MongoDB stores it: the text, and beside it the values for the indexes. */
export interface MongoDocument {
  _id: string;
  /** Version. */
  v: number;
  /** Identifies the last write: a writer that lost the answer can see whether the write was its own. */
  w: ObjectId;
  b: string;
  k: Record<string, Key>;
  u: Record<string, Key>;
  due?: number;
  line?: string;
  exp?: number;
}

export function toDocument(id: string, version: number, write: ObjectId, fields: Fields): MongoDocument {
  const { body, keys, unique, due, line, expires } = fields;
  return {
    _id: id,
    v: version,
    w: write,
    b: body,
    k: present(keys),
    u: present(unique),
    ...(due !== undefined && { due }),
    ...(line !== undefined && { line }),
    ...(expires !== undefined && { exp: expires }),
  };
}

/** A missing key must be absent, not null, because a unique index also holds null. */
export function present(keys: Record<string, Key | undefined>): Record<string, Key> {
  return Object.fromEntries(
    Object.entries(keys).filter((entry): entry is [string, Key] => entry[1] !== undefined),
  );
}

export const toRow = ({ _id, v, b }: Pick<MongoDocument, '_id' | 'v' | 'b'>): Row => ({
  id: _id,
  version: v,
  body: b,
});
