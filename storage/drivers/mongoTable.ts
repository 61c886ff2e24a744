import { type Collection, type Db, type Filter as MongoFilter, ObjectId } from 'mongodb';
import type { AnyCollection } from '../collectionDef';
import type { Row, Table } from '../table';
import { type MongoDocument, toDocument, toRow } from './mongoDocument';
import { isDuplicate, isUnanswered, storeError } from './mongoErrors';
import { aliveIn, filterConditions, selectionConditions, sortOf } from './mongoFilter';

const PROJECTION = { v: 1, b: 1 };

/** One collection in MongoDB: the body, and the values of the declared keys under `k` and `u`. */
export function createMongoTable<T>(database: Db, def: AnyCollection<T>): Table {
  const collection = database.collection<MongoDocument>(def.name);
  const alive = aliveIn(def);
  const guard = <R>(work: Promise<R>): Promise<R> =>
    work.catch((error) => {
      throw storeError(def.name, error);
    });
  const one = async (filter: Parameters<typeof collection.findOne>[0]) => {
    const found = await guard(collection.findOne(filter, { projection: PROJECTION }));
    return found ? toRow(found) : undefined;
  };

  return {
    insert: (id, fields) => guard(insert(collection, toDocument(id, 1, new ObjectId(), fields))),
    get: (id, now) => one({ _id: id, ...alive(now) }),
    find: (key, value, now) => one({ [`u.${key}`]: { $eq: value }, ...alive(now) }),
    replace: (id, version, fields, now) =>
      guard(replace(collection, toDocument(id, version + 1, new ObjectId(), fields), alive(now))),
    async remove(id, version, now) {
      const filter = { _id: id, ...(version !== undefined && { v: version }), ...alive(now) };
      return (await guard(collection.deleteOne(filter))).deletedCount === 1;
    },
    async list(selection, now) {
      const cursor = collection.find(selectionConditions(selection, alive(now)), { projection: PROJECTION });
      return (await guard(cursor.sort(sortOf(selection)).limit(selection.limit).toArray())).map(toRow);
    },
    count: (filter, now) => guard(collection.countDocuments(filterConditions(filter, alive(now)))),
    claim: (dueBy, leaseUntil, limit, now) =>
      guard(claim(collection, { due: { $lte: dueBy }, ...alive(now) }, leaseUntil, limit)),
    dueLines: (dueBy, now) => guard(dueLines(collection, { due: { $lte: dueBy }, ...alive(now) })),
    claimShares: (dueBy, leaseUntil, shares, now) =>
      guard(
        Promise.all(
          shares.map(({ line, count }) =>
            claim(collection, { ...ofLine(line), due: { $lte: dueBy }, ...alive(now) }, leaseUntil, count),
          ),
        ),
      ),
    async sweep(now) {
      return def.expires ? (await guard(collection.deleteMany({ exp: { $lte: now } }))).deletedCount : 0;
    },
  };
}

async function insert(collection: Collection<MongoDocument>, document: MongoDocument): Promise<void> {
  try {
    await collection.insertOne(document);
  } catch (error) {
    if (!(isDuplicate(error) || isUnanswered(error)) || !(await isOurs(collection, document))) throw error;
  }
}

async function replace(
  collection: Collection<MongoDocument>,
  next: MongoDocument,
  alive: MongoFilter<MongoDocument>,
): Promise<boolean> {
  const { _id, ...fields } = next;
  try {
    const { matchedCount } = await collection.replaceOne({ _id, v: next.v - 1, ...alive }, fields);
    return matchedCount === 1 || (await isOurs(collection, next));
  } catch (error) {
    if (isUnanswered(error) && (await isOurs(collection, next))) return true;
    throw error;
  }
}

/** Whether a write whose answer was lost has happened. Throws when that cannot be found out either. */
async function isOurs(collection: Collection<MongoDocument>, { _id, w }: MongoDocument): Promise<boolean> {
  const found = await collection.findOne({ _id, w }, { projection: { _id: 1 }, readConcern: 'majority' });
  return found !== null;
}

const ofLine = (line: string | null): MongoFilter<MongoDocument> => ({ line: line ?? { $exists: false } });

/** An earlier version wrote the documents that have no line. */
async function dueLines(
  collection: Collection<MongoDocument>,
  due: MongoFilter<MongoDocument>,
): Promise<(string | null)[]> {
  const lines = await collection.distinct('line', due);
  const without = await collection.findOne({ ...ofLine(null), ...due }, { projection: { _id: 1 } });
  const known = lines.filter((line) => typeof line === 'string').sort();
  return without ? [null, ...known] : known;
}

/**
 * Claims one by one: each document goes to the first that changes it. A claim whose answer was lost is due
 * again after its lease.
 */
async function claim(
  collection: Collection<MongoDocument>,
  due: MongoFilter<MongoDocument>,
  leaseUntil: number,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < limit) {
    const claimed = await collection.findOneAndUpdate(
      due,
      { $set: { due: leaseUntil, w: new ObjectId() }, $inc: { v: 1 } },
      { sort: { due: 1, _id: 1 }, returnDocument: 'after', projection: PROJECTION },
    );
    if (!claimed) break;
    rows.push(toRow(claimed));
  }
  return rows;
}
