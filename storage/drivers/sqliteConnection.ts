import Database from 'libsql';
import { StoreUnavailable, settingsFault } from '../../domain/errors';
import { groupCommit } from './groupCommit';
import { shortRounds } from './shortRounds';

/** How long a write waits for another process, in milliseconds. A write takes well under one. */
const WAIT_FOR_WRITER = 5_000;
/** SQLite's default of 2 MB is too small for some hundred people who talk at once. */
const CACHE_KB = 16 * 1024;
/**
 * How many pages of 4 KB are gathered before they go into the main file. With SQLite's default of 1,000 most
 * pages would be written many times.
 */
const CHECKPOINT_PAGES = 4_000;

type Value = string | number | null;
type Row = Record<string, unknown>;

/** Prepares each statement once. Every method throws StoreUnavailable or SqliteConstraint. */
export interface Sqlite {
  all(sql: string, values: Value[]): Row[];
  get(sql: string, values: Value[]): Row | undefined;
  /** Returns how many rows changed. */
  run(sql: string, values: Value[]): number;
  /** Runs `work` whole or not at all, and holds the write lock from the start. */
  transaction<T>(work: () => T): T;
  /** Runs `work`, which only reads; later when reads have taken long already, see shortRounds. */
  read<T>(work: () => T): T | Promise<T>;
  /** Runs `work`, and resolves once the result is on the disk; see groupCommit. */
  write<T>(work: () => T): Promise<T>;
}

/** A unique index refused the write. */
export class SqliteConstraint extends Error {
  override readonly name = 'SqliteConstraint';
}

/** Opens the file. Throws a settings fault that names the folder. */
export function connect(file: string, folder: string): Database.Database {
  try {
    const database = new Database(file, { timeout: WAIT_FOR_WRITER });
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KB};
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return database;
  } catch (error) {
    throw settingsFault(
      codeOf(error) === 'SQLITE_BUSY'
        ? `The data folder ${folder} is held by another program. Stop that one, or choose another folder.`
        : `The database in the data folder ${folder} cannot be opened: it is not a Keyturn database, or it is damaged.`,
      error,
    );
  }
}

/**
 * The binding keeps a file open while statements exist, so this object refuses all use after it is closed.
 */
export function connection(database: Database.Database) {
  const statements = new Map<string, Database.Statement>();
  let open = true;
  const assertOpen = () => {
    if (!open) throw new StoreUnavailable('the store is closed');
  };
  const prepared = (sql: string) => {
    assertOpen();
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const sqlite: Sqlite = {
    all: (sql, values) => guarded(() => prepared(sql).all(values) as Row[]),
    get: (sql, values) => guarded(() => prepared(sql).get(values) as Row | undefined),
    run: (sql, values) => guarded(() => prepared(sql).run(values).changes),
    transaction(work) {
      assertOpen();
      return guarded(() => database.transaction(work).immediate());
    },
    read: shortRounds(),
    write: groupCommit({ transaction: (work) => sqlite.transaction(work) }),
  };
  const close = () => {
    if (!open) return;
    sqlite.all('PRAGMA wal_checkpoint(TRUNCATE)', []);
    open = false;
    leaveOneFile(database);
    statements.clear();
    database.close();
  };
  return { sqlite, close, isOpen: () => open };
}

/**
 * While statements exist, the binding keeps the side files (-wal, -shm) open, and would leave them behind
 * empty. Changing the journal mode removes them. It does not change while another process has the database
 * open.
 */
function leaveOneFile(database: Database.Database): void {
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE');
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_BUSY') throw error;
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    if (code.startsWith('SQLITE_CONSTRAINT')) throw new SqliteConstraint(code, { cause: error });
    throw new StoreUnavailable(`the database file does not answer: ${code}`, { cause: error });
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Database.SqliteError ? String(error.code) : undefined;
