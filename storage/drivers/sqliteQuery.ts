import type { Key } from '../../domain/ports';
import type { AnyCollection } from '../collectionDef';
import type { Filter, Selection } from '../table';

interface Sql {
  sql: string;
  bound: Key[];
}

type Condition = [sql: string, ...bound: Key[]];

/** The condition that hides expired documents, and its bound values. */
export function aliveSql<T>(def: AnyCollection<T>) {
  return def.expires
    ? { alive: '(expires IS NULL OR expires > ?)', aliveValues: (now: number) => [now] }
    : { alive: 'TRUE', aliveValues: () => [] };
}

/** The text from WHERE on. All names are declared ones; values are bound, never part of the text. */
export function countSql<T>(def: AnyCollection<T>, filter: Filter, now: number): Sql {
  return where(conditionsOf(def, filter, now));
}

/** The text from WHERE on: in order, after the last row of the previous page. */
export function listSql<T>(def: AnyCollection<T>, selection: Selection, now: number): Sql {
  const { sort, after, limit } = selection;
  const way = sort?.descending ? 'DESC' : 'ASC';
  const beyond = sort?.descending ? '<' : '>';
  const column = sort && `"k_${sort.key}"`;
  const conditions = conditionsOf(def, selection, now);
  if (column) conditions.push([`${column} IS NOT NULL`]);
  if (after)
    conditions.push(
      column && after.value !== undefined
        ? [`(${column}, id) ${beyond} (?, ?)`, after.value, after.id]
        : [`id ${beyond} ?`, after.id],
    );
  const { sql, bound } = where(conditions);
  return {
    sql: `${sql} ORDER BY ${column ? `${column} ${way}, ` : ''}id ${way} LIMIT ?`,
    bound: [...bound, limit],
  };
}

function conditionsOf<T>(
  def: AnyCollection<T>,
  { where, range, contains }: Filter,
  now: number,
): Condition[] {
  const { alive, aliveValues } = aliveSql(def);
  const conditions: Condition[] = where.map(([key, value]) => [`"k_${key}" = ?`, value]);
  if (range?.from !== undefined) conditions.push([`"k_${range.key}" >= ?`, range.from]);
  if (range?.to !== undefined) conditions.push([`"k_${range.key}" < ?`, range.to]);
  if (contains) conditions.push([`instr("k_${contains.key}", ?) > 0`, contains.text]);
  return [...conditions, [alive, ...aliveValues(now)]];
}

const where = (conditions: Condition[]): Sql => ({
  sql: `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
  bound: conditions.flatMap(([, ...bound]) => bound),
});
