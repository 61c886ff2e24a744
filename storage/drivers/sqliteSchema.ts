import type { Key } from '../../domain/ports';
import type { AnyCollection } from '../collectionDef';
import { fieldsOf, readDocument } from '../keys';
import type { Fields } from '../table';
import type { Sqlite } from './sqliteConnection';

interface Column {
  name: string;
  /** The quoted expression. */
  sql: string;
  value(fields: Fields): Key | undefined;
}

/** The columns beside id, version and body. They have no type, so that texts and numbers stay as they are. */
export function columnsOf<T>(def: AnyCollection<T>): Column[] {
  const column = (name: string, value: Column['value']) => ({ name, sql: `"${name}"`, value });
  return [
    ...Object.keys(def.keys).map((key) => column(`k_${key}`, (fields) => fields.keys[key])),
    ...Object.keys(def.unique).map((key) => column(`u_${key}`, (fields) => fields.unique[key])),
    column('due', (fields) => fields.due),
    ...(def.line ? [column('line', (fields) => fields.line)] : []),
    column('expires', (fields) => fields.expires),
  ];
}

/**
 * Creates the missing table, columns and indexes. Fills in a key that was declared after the documents were
 * written. The caller opens the transaction.
 */
export function createSchema<T>(sqlite: Sqlite, def: AnyCollection<T>): void {
  sqlite.run(
    `CREATE TABLE IF NOT EXISTS "${def.name}" (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL)`,
    [],
  );
  const present = new Set(
    sqlite.all(`SELECT name FROM pragma_table_info('${def.name}')`, []).map((row) => row.name),
  );
  const missing = columnsOf(def).filter((column) => !present.has(column.name));
  for (const column of missing) sqlite.run(`ALTER TABLE "${def.name}" ADD COLUMN ${column.sql}`, []);
  if (missing.length > 0) fill(sqlite, def, missing);
  for (const index of indexes(def)) sqlite.run(index, []);
}

/** How many documents are in memory at once: a table may hold very many. */
const FILLED_AT_ONCE = 500;

function fill<T>(sqlite: Sqlite, def: AnyCollection<T>, columns: Column[]): void {
  const update = `UPDATE "${def.name}" SET ${columns.map((column) => `${column.sql} = ?`).join(', ')} WHERE id = ?`;
  const some = `SELECT rowid, id, body FROM "${def.name}" WHERE rowid > ? ORDER BY rowid LIMIT ${FILLED_AT_ONCE}`;
  const after = (rowid: number) => sqlite.all(some, [rowid]);
  for (let rows = after(0); rows.length > 0; rows = after(Number(rows.at(-1)?.rowid)))
    for (const { id, body } of rows) {
      const fields = fieldsOf(def, readDocument(def, { id: String(id), body: String(body) }));
      sqlite.run(update, [...columns.map((column) => column.value(fields) ?? null), String(id)]);
    }
}

function indexes<T>(def: AnyCollection<T>): string[] {
  const listed = def.indexes ?? Object.keys(def.keys).map((key) => [key]);
  const index = (kind: string, name: string, columns: string[], where = '') =>
    `CREATE ${kind} IF NOT EXISTS "${def.name}_${name}" ON "${def.name}" (${columns.join(', ')}) ${where}`;
  const partly = (column: string) => `WHERE ${column} IS NOT NULL`;
  return [
    ...listed.map((keys) =>
      index('INDEX', `by_${keys.join('_')}`, [...keys.map((key) => `"k_${key}"`), 'id']),
    ),
    ...Object.keys(def.unique).map((key) => index('UNIQUE INDEX', `one_${key}`, [`"u_${key}"`])),
    ...(def.due ? [index('INDEX', 'due', ['due', 'id'], partly('due'))] : []),
    ...(def.due && def.line ? [index('INDEX', 'turn', ['line', 'due', 'id'], partly('due'))] : []),
    ...(def.expires ? [index('INDEX', 'expires', ['expires'], partly('expires'))] : []),
  ];
}
