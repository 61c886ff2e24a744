import type { Filter as MongoFilter, Sort } from 'mongodb';
import type { Key } from '../../domain/ports';
import type { AnyCollection } from '../collectionDef';
import type { Filter, Selection } from '../table';
import type { MongoDocument } from './mongoDocument';

type Condition = Record<string, unknown>;

/**
 * Hides the expired documents of a collection that has an expiry. A document without an expiry is always
 * visible.
 */
export const aliveIn =
  <T>(def: AnyCollection<T>) =>
  (now: number): MongoFilter<MongoDocument> =>
    def.expires ? { exp: { $not: { $lte: now } } } : {};

/**
 * All names are declared ones. Every value is given to `$eq` or a similar operator, and never read as an
 * operator.
 */
export function filterConditions(
  { where, range, contains }: Filter,
  alive: MongoFilter<MongoDocument>,
): MongoFilter<MongoDocument> {
  return all([
    ...where.map(([key, value]) => ({ [`k.${key}`]: { $eq: value } })),
    ...(range?.from === undefined ? [] : [{ [`k.${range.key}`]: { $gte: range.from } }]),
    ...(range?.to === undefined ? [] : [{ [`k.${range.key}`]: { $lt: range.to } }]),
    ...(contains ? [{ [`k.${contains.key}`]: { $regex: literally(contains.text) } }] : []),
    alive,
  ]);
}

/** Continues in the selection's order after the last row of the previous page. */
export function selectionConditions(
  selection: Selection,
  alive: MongoFilter<MongoDocument>,
): MongoFilter<MongoDocument> {
  const { sort, after } = selection;
  const field = sort && `k.${sort.key}`;
  return all([
    filterConditions(selection, alive),
    ...(field ? [{ [field]: { $exists: true } }] : []),
    ...(after ? [beyond(field, after, sort?.descending ? '$lt' : '$gt')] : []),
  ]);
}

export function sortOf({ sort }: Selection): Sort {
  const way = sort?.descending ? -1 : 1;
  return sort ? { [`k.${sort.key}`]: way, _id: way } : { _id: way };
}

function beyond(
  field: string | undefined,
  after: { value?: Key; id: string },
  operator: '$lt' | '$gt',
): Condition {
  const byId = { _id: { [operator]: after.id } };
  if (!field || after.value === undefined) return byId;
  return { $or: [{ [field]: { [operator]: after.value } }, { [field]: { $eq: after.value }, ...byId }] };
}

const all = (conditions: Condition[]): MongoFilter<MongoDocument> => ({ $and: conditions });

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
