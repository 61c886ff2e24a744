import type { Db, IndexDescription } from 'mongodb';
import type { AnyCollection } from '../collectionDef';
import { fieldsOf, readDocument } from '../keys';
import { type MongoDocument, present } from './mongoDocument';

/** Records which keys the documents of each collection have. */
const SHAPES = 'shapes';

/**
 * Creates the missing indexes; safe when several instances start at once. Fills in a key that was declared
 * after the documents were written.
 */
export async function prepareCollection<T>(database: Db, def: AnyCollection<T>): Promise<void> {
  const shape = [
    ...Object.keys(def.keys).map((key) => `k.${key}`),
    ...Object.keys(def.unique).map((key) => `u.${key}`),
    ...(def.line ? ['line'] : []),
  ];
  const shapes = database.collection<{ _id: string; keys: string[] }>(SHAPES);
  const known = await shapes.findOne({ _id: def.name });
  if (known && shape.some((key) => !known.keys.includes(key))) await fill(database, def);
  const wanted = indexes(def);
  if (wanted.length > 0) await database.collection(def.name).createIndexes(wanted);
  await shapes.updateOne({ _id: def.name }, { $set: { keys: shape } }, { upsert: true });
}

/** Leaves a document that somebody replaces in the meantime: its writer fills in the keys. */
async function fill<T>(database: Db, def: AnyCollection<T>): Promise<void> {
  const collection = database.collection<MongoDocument>(def.name);
  for await (const { _id, v, b } of collection.find({}, { projection: { v: 1, b: 1 } })) {
    const { keys, unique, line } = fieldsOf(def, readDocument(def, { id: _id, body: b }));
    await collection.updateOne(
      { _id, v },
      { $set: { k: present(keys), u: present(unique), ...(line && { line }) } },
    );
  }
}

function indexes<T>(def: AnyCollection<T>): IndexDescription[] {
  const listed = def.indexes ?? Object.keys(def.keys).map((key) => [key]);
  const ifPresent = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });
  return [
    ...listed.map((keys) => ({
      name: `by_${keys.join('_')}`,
      key: Object.fromEntries([...keys.map((key) => [`k.${key}`, 1]), ['_id', 1]]),
    })),
    ...Object.keys(def.unique).map((key) => ({
      name: `one_${key}`,
      key: { [`u.${key}`]: 1 },
      unique: true,
      ...ifPresent(`u.${key}`),
    })),
    ...(def.due ? [{ name: 'due', key: { due: 1, _id: 1 }, ...ifPresent('due') }] : []),
    ...(def.due && def.line
      ? [{ name: 'turn', key: { line: 1, due: 1, _id: 1 }, ...ifPresent('due') } as const]
      : []),
    ...(def.expires ? [{ name: 'expires', key: { exp: 1 }, ...ifPresent('exp') }] : []),
  ];
}
