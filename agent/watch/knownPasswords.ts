import type { KnownPassword } from './passwordChange';

/** What is known of each account's password, by its objectGUID. */
export interface KnownPasswords {
  readonly size: number;
  get(objectGuid: string): KnownPassword | undefined;
  set(objectGuid: string, password: KnownPassword): void;
  /** Every other account is forgotten. */
  keepOnly(objectGuids: ReadonlySet<string>): void;
  entries(): Iterable<[objectGuid: string, password: KnownPassword]>;
}

const FIRST_ROWS = 1_024;
const NOT_KNOWN = Number.NaN;

/**
 * Three numbers for each account in columns of numbers: an object and its text would take five times as much, for as long as the agent
 * runs, of tens of thousands of accounts.
 */
export function createKnownPasswords(): KnownPasswords {
  const rows = new Map<string, number>();
  let columns = columnsOf(FIRST_ROWS);
  const set: KnownPasswords['set'] = (objectGuid, password) => {
    const row = rows.get(objectGuid) ?? rows.size;
    if (row === columns.pwdLastSet.length) columns = longer(columns);
    writeRow(columns, row, password);
    rows.set(objectGuid, row);
  };
  return {
    set,
    get size() {
      return rows.size;
    },
    get(objectGuid) {
      const row = rows.get(objectGuid);
      return row === undefined ? undefined : readRow(columns, row);
    },
    keepOnly(objectGuids) {
      const kept = [...rows].filter(([objectGuid]) => objectGuids.has(objectGuid));
      if (kept.length === rows.size) return;
      const before = columns;
      columns = columnsOf(Math.max(FIRST_ROWS, kept.length));
      rows.clear();
      for (const [objectGuid, row] of kept) set(objectGuid, readRow(before, row));
    },
    *entries() {
      for (const [objectGuid, row] of rows) yield [objectGuid, readRow(columns, row)];
    },
  };
}

interface Columns {
  /** The number as the directory has it, in steps of 100 ns. */
  pwdLastSet: BigUint64Array;
  version: Float64Array;
  changedAt: Float64Array;
}

const columnsOf = (rows: number): Columns => ({
  pwdLastSet: new BigUint64Array(rows),
  version: new Float64Array(rows),
  changedAt: new Float64Array(rows),
});

function longer({ pwdLastSet, version, changedAt }: Columns): Columns {
  const columns = columnsOf(pwdLastSet.length * 2);
  columns.pwdLastSet.set(pwdLastSet);
  columns.version.set(version);
  columns.changedAt.set(changedAt);
  return columns;
}

function writeRow(columns: Columns, row: number, { pwdLastSet, version, changedAt }: KnownPassword): void {
  columns.pwdLastSet[row] = BigInt(pwdLastSet);
  columns.version[row] = version ?? NOT_KNOWN;
  columns.changedAt[row] = changedAt ?? NOT_KNOWN;
}

function readRow(columns: Columns, row: number): KnownPassword {
  const version = numberIn(columns.version, row);
  const changedAt = numberIn(columns.changedAt, row);
  return {
    pwdLastSet: `${columns.pwdLastSet[row] ?? 0n}`,
    ...(version !== undefined && { version }),
    ...(changedAt !== undefined && { changedAt }),
  };
}

function numberIn(column: Float64Array, row: number): number | undefined {
  const number = column[row];
  return number === undefined || Number.isNaN(number) ? undefined : number;
}
