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

/** How a table hands out due rows: the oldest, or in turns. */
export function sqliteLines<T>(
  sqlite: Sqlite,
  def: AnyCollection<T>,
): Pick<Table, 'claim' | 'dueLines' | 'claimShares'> {
  const { alive, aliveValues } = aliveSql(def);
  const linesSql = dueLinesSql(def.name, alive);
  const anySql = `SELECT 1 AS one FROM "${def.name}" WHERE due <= ? AND ${alive} LIMIT 1`;
  const dueSql = (line = '') =>
    `SELECT id, version, body FROM "${def.name}" WHERE ${line} due <= ? AND ${alive} ORDER BY due, id LIMIT ?`;
  const leaseSql = `UPDATE "${def.name}" SET version = version + 1, due = ? WHERE id = ?`;
  const leased = (rows: unknown[], leaseUntil: number) =>
    (rows as Row[]).map((row) => {
      sqlite.run(leaseSql, [leaseUntil, row.id]);
      return { ...row, version: row.version + 1 };
    });
  return {
    claim(dueBy, leaseUntil, limit, now) {
      const due = () => sqlite.all(dueSql(), [dueBy, ...aliveValues(now), limit]);
      // It reads before it locks: most of the time nothing is due, and the question must not hold up writers.
      return due().length === 0 ? [] : sqlite.transaction(() => leased(due(), leaseUntil));
    },
    dueLines(dueBy, now) {
      const bound = [dueBy, ...aliveValues(now)];
      // Most of the time nothing is due, and the search for lines is not needed.
      if (!sqlite.get(anySql, bound)) return [];
      const lines = sqlite.all(linesSql, bound).map(({ line }) => String(line));
      return sqlite.get(dueSql('line IS NULL AND'), [...bound, 1]) ? [null, ...lines] : lines;
    },
    claimShares: (dueBy, leaseUntil, shares, now) =>
      sqlite.transaction(() =>
        shares.map(({ line, count }) => {
          const rest = [dueBy, ...aliveValues(now), count];
          const rows =
            line === null
              ? sqlite.all(dueSql('line IS NULL AND'), rest)
              : sqlite.all(dueSql('line = ? AND'), [line, ...rest]);
          return leased(rows, leaseUntil);
        }),
      ),
  };
}
