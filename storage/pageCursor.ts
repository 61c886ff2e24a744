import { z } from 'zod';
import { jsonOf } from '../domain/agentProtocol/readJson';
import { invalidInput } from '../domain/errors';
import type { Key, ListQuery } from '../domain/ports';
import { checkedKey } from './keys';
import type { Selection } from './table';

const cursor = z.tuple([z.string(), z.union([z.string(), z.number()]).nullable(), z.string()]);

/** Names the order, so that a page of one order is never continued in another. */
const orderOf = (sort: ListQuery<string>['sort']): string =>
  sort ? `${sort.descending ? '-' : '+'}${sort.key}` : '';

/** An opaque cursor to the position of a page's last row in the order. */
export const cursorAfter = (sort: ListQuery<string>['sort'], value: Key | undefined, id: string): string =>
  Buffer.from(JSON.stringify([orderOf(sort), value ?? null, id])).toString('base64url');

/** Reads a cursor that came back from outside. Throws invalidInput when it does not belong to this order. */
export function readCursor(sort: ListQuery<string>['sort'], after: string): Selection['after'] {
  const read = cursor.safeParse(jsonOf(Buffer.from(String(after), 'base64url').toString()));
  if (!read.success || read.data[0] !== orderOf(sort) || (read.data[1] === null) !== (sort === undefined))
    throw invalidInput('That page is not there any more. Start again from the first page.');
  const [, value, id] = read.data;
  return { id: checkedKey(id), ...(value !== null && { value: checkedKey(value) }) };
}
