import type { AnyCollection } from '../collectionDef';
import type { Row, Table } from '../table';
import type { Sqlite } from './sqliteConnection';
import { aliveSql } from './sqliteQuery';

/** Goes from one line to the next with the index, so the number of rows in a line costs nothing. */
export const dueLinesSql = (name: string, alive: string): string => `
  WITH RECURSIVE each(line) AS (
    SELECT (SELECT min(line) FROM "${name}" WHERE due IS NOT NULL AND line > '')
    UNION ALL
    SELECT (SELECT min(line) FROM "${name}" WHERE due IS NOT NULL AND line > each.line) FROM each WHERE line IS NOT NULL
  )
  SELECT line FROM each
  WHERE line IS NOT NULL AND EXISTS (SELECT 1 FROM "${name}" WHERE line = each.line AND due <= ? AND ${alive})`;

/** How a table hands out due rows in turns. */
export function sqliteLines<T>(
  sqlite: Sqlite,
  def: AnyCollection<T>,
): Pick<Table, 'dueLines' | 'claimShares'> {
  const { alive, aliveValues } = aliveSql(def);
  const linesSql = dueLinesSql(def.name, alive);
  const anySql = `SELECT 1 AS one FROM "${def.name}" WHERE due <= ? AND ${alive} LIMIT 1`;
  const dueSql = (line: string) =>
    `SELECT id, version, body FROM "${def.name}" WHERE ${line} AND due <= ? AND ${alive} ORDER BY due, id LIMIT ?`;
  const leaseSql = `UPDATE "${def.name}" SET version = version + 1, due = ? WHERE id = ?`;
  return {
    dueLines(dueBy, now) {
      const bound = [dueBy, ...aliveValues(now)];
      // Most of the time nothing is due, and the search for lines is not needed.
      if (!sqlite.get(anySql, bound)) return [];
      const lines = sqlite.all(linesSql, bound).map(({ line }) => String(line));
      return sqlite.get(dueSql('line IS NULL'), [...bound, 1]) ? [null, ...lines] : lines;
    },
    claimShares: (dueBy, leaseUntil, shares, now) =>
      sqlite.transaction(() =>
        shares.map(({ line, count }) => {
          const rest = [dueBy, ...aliveValues(now), count];
          const rows = (line === null
            ? sqlite.all(dueSql('line IS NULL'), rest)
            : sqlite.all(dueSql('line = ?'), [line, ...rest])) as unknown as Row[];
          return rows.map((row) => {
            sqlite.run(leaseSql, [leaseUntil, row.id]);
            return { ...row, version: row.version + 1 };
          });
        }),
      ),
  };
}
