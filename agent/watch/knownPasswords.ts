import { createGuidRows, type GuidRows } from './guidRows';
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

/**
 * Room for nearly all companies from the start. Nothing of it takes memory before it is used, and what is large and there from the start lies
 * apart: as something that grows while a directory is read, it would come to lie above all that is let go of then, and keep that from going back.
 */
const FIRST_ROWS = 65_536;
const NOT_KNOWN = Number.NaN;

/**
 * A GUID and three numbers for each account in columns of bytes: objects and texts would take five times as much, for as long as the agent
 * runs, of tens of thousands of accounts.
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
  /** The number as the directory has it, in steps of 100 ns. */
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

/** All, or `only` these, in columns of another length. */
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
