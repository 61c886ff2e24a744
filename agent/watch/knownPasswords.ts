import { createGuidRows, type GuidRows } from './guidRows';
import type { KnownPassword } from './passwordChange';

/** What the agent knows about each account's password, by its objectGUID. */
export interface KnownPasswords {
  readonly size: number;
  get(objectGuid: string): KnownPassword | undefined;
  set(objectGuid: string, password: KnownPassword): void;
  /** Forgets every other account. */
  keepOnly(objectGuids: ReadonlySet<string>): void;
  entries(): Iterable<[objectGuid: string, password: KnownPassword]>;
}

/**
 * Enough from the start for nearly all companies. Unused rows take no memory, and what is large from the
 * start lies apart in memory. If it grew while the agent reads a directory, it would lie above everything
 * that is freed then, and keep the system from getting that back.
 */
const FIRST_ROWS = 65_536;
const NOT_KNOWN = Number.NaN;

/**
 * Keeps a GUID and three numbers of each account in columns of bytes. Objects and texts of tens of
 * thousands of accounts would take five times as much memory for as long as the agent runs.
 */
export function createKnownPasswords(): KnownPasswords {
  let columns = columnsOf(FIRST_ROWS);
  const set: KnownPasswords['set'] = (objectGuid, password) => {
    if (columns.guids.size === columns.capacity) columns = moved(columns, columns.capacity * 2);
    writeRow(columns, columns.guids.rowOf(objectGuid) ?? columns.guids.add(objectGuid), password);
  };
  return {
    set,
    get size() {
      return columns.guids.size;
    },
    get(objectGuid) {
      const row = columns.guids.rowOf(objectGuid);
      return row === undefined ? undefined : readRow(columns, row);
    },
    keepOnly(objectGuids) {
      let kept = 0;
      for (const objectGuid of columns.guids.guids()) if (objectGuids.has(objectGuid)) kept += 1;
      if (kept < columns.guids.size) columns = moved(columns, Math.max(FIRST_ROWS, kept), objectGuids);
    },
    entries: () => entriesOf(columns),
  };
}

interface Columns {
  capacity: number;
  guids: GuidRows;
  /** The directory's own number, in steps of 100 ns. */
  pwdLastSet: BigUint64Array;
  version: Float64Array;
  changedAt: Float64Array;
}

const columnsOf = (capacity: number): Columns => ({
  capacity,
  guids: createGuidRows(capacity),
  pwdLastSet: new BigUint64Array(capacity),
  version: new Float64Array(capacity),
  changedAt: new Float64Array(capacity),
});

function* entriesOf(columns: Columns): Iterable<[string, KnownPassword]> {
  let row = 0;
  for (const objectGuid of columns.guids.guids()) yield [objectGuid, readRow(columns, row++)];
}

/** All accounts, or `only` these, in columns of another length. */
function moved(before: Columns, capacity: number, only?: ReadonlySet<string>): Columns {
  const columns = columnsOf(capacity);
  for (const [objectGuid, password] of entriesOf(before))
    if (!only || only.has(objectGuid)) writeRow(columns, columns.guids.add(objectGuid), password);
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
