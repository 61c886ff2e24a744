import type { ObjectId } from 'mongodb';
import type { Key } from '../../domain/ports';
import type { Fields, Row } from '../table';

/** A document as it stands in MongoDB: the text, and beside it what the indexes need. */
export interface MongoDocument {
  _id: string;
  /** Version. */
  v: number;
  /** The last write's own mark: whoever lost the answer to a write can see whether it was theirs. */
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

/** A key that a value does not have must be absent, not null: unique indexes hold what is present. */
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
