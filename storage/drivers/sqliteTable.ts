import { DuplicateKey, StoreUnavailable } from '../../domain/errors';
import type { Key } from '../../domain/ports';
import type { AnyCollection } from '../collectionDef';
import type { Fields, Row, Table } from '../table';
import { type Sqlite, SqliteConstraint } from './sqliteConnection';
import { sqliteLines } from './sqliteLines';
import { aliveSql, countSql, listSql } from './sqliteQuery';
import { columnsOf } from './sqliteSchema';

/** One collection as one SQLite table: the body, and a column for each declared key. */
export function createSqliteTable<T>(sqlite: Sqlite, def: AnyCollection<T>): Table {
  const columns = columnsOf(def);
  const { alive, aliveValues } = aliveSql(def);
  const select = `SELECT id, version, body FROM "${def.name}"`;
  const insertSql = `INSERT INTO "${def.name}" (id, version, body, ${columns.map((c) => c.sql).join(', ')})
    VALUES (?, 1, ?, ${columns.map(() => '?').join(', ')})`;
  const replaceSql = `UPDATE "${def.name}" SET version = version + 1, body = ?, ${columns.map((c) => `${c.sql} = ?`).join(', ')}
    WHERE id = ? AND version = ? AND ${alive}`;
  const removeSql = `DELETE FROM "${def.name}" WHERE id = ? AND version = ifnull(?, version) AND ${alive}`;
  const values = (fields: Fields) => columns.map((column) => column.value(fields) ?? null);
  const one = (sql: string, bound: Key[]) => sqlite.read(() => sqlite.get(sql, bound) as Row | undefined);
  const write = <R>(id: string, fields: Fields, work: () => R): Promise<R> =>
    sqlite.write(() => {
      try {
        return work();
      } catch (error) {
        throw error instanceof SqliteConstraint ? clash(sqlite, def, id, fields) : error;
      }
    });

  return {
    async insert(id, fields) {
      await write(id, fields, () => sqlite.run(insertSql, [id, fields.body, ...values(fields)]));
    },
    get: (id, now) => one(`${select} WHERE id = ? AND ${alive}`, [id, ...aliveValues(now)]),
    find: (key, value, now) =>
      one(`${select} WHERE "u_${key}" = ? AND ${alive}`, [value, ...aliveValues(now)]),
    replace: (id, version, fields, now) =>
      write(id, fields, () => {
        const bound = [fields.body, ...values(fields), id, version, ...aliveValues(now)];
        return sqlite.run(replaceSql, bound) === 1;
      }),
    remove: (id, version, now) =>
      sqlite.write(() => sqlite.run(removeSql, [id, version ?? null, ...aliveValues(now)]) === 1),
    list(selection, now) {
      const { sql, bound } = listSql(def, selection, now);
      return sqlite.read(() => sqlite.all(`${select} ${sql}`, bound) as unknown as Row[]);
    },
    count(filter, now) {
      const { sql, bound } = countSql(def, filter, now);
      const counting = `SELECT count(*) AS n FROM "${def.name}" ${sql}`;
      return sqlite.read(() => Number(sqlite.get(counting, bound)?.n));
    },
    ...sqliteLines(sqlite, def),
    sweep: (now) => (def.expires ? sqlite.run(`DELETE FROM "${def.name}" WHERE expires <= ?`, [now]) : 0),
  };
}

/** SQLite says that a unique key was taken, but not which one. */
function clash<T>(sqlite: Sqlite, def: AnyCollection<T>, id: string, fields: Fields): Error {
  const other = (column: string, value: Key, not: string | null) =>
    sqlite.get(`SELECT 1 AS one FROM "${def.name}" WHERE ${column} = ? AND id IS NOT ?`, [value, not]);
  for (const [key, value] of Object.entries(fields.unique))
    if (value !== undefined && other(`"u_${key}"`, value, id)) return new DuplicateKey(def.name, key);
  if (other('id', id, null)) return new DuplicateKey(def.name, 'id');
  return new StoreUnavailable(`${def.name}: the document with the same key was removed in this moment`);
}
