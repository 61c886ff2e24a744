import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { StoreUnavailable, settingsFault } from '../../domain/errors';
import type { Driver } from './driver';
import { connect, connection, type Sqlite } from './sqliteConnection';
import { createSchema } from './sqliteSchema';
import { createSqliteTable } from './sqliteTable';

const FILE = 'keyturn.db';

/**
 * The embedded database: one file in `folder`, readable by its owner only. Every acknowledged write is on the
 * disk. Other processes on the same machine may have it open, too. Throws a settings fault that names the
 * folder.
 */
export function openSqlite(folder: string): Driver {
  const file = privateFile(folder);
  const database = connect(file, folder);
  const { sqlite, close, isOpen } = connection(database);
  const schemas: (() => void)[] = [];
  return {
    table(def) {
      schemas.push(() => createSchema(sqlite, def));
      return createSqliteTable(sqlite, def);
    },
    prepared: async () =>
      sqlite.transaction(() => {
        for (const create of schemas) create();
      }),
    ready: async () => isOpen() && answers(sqlite),
    close: async () => close(),
  };
}

/** SQLite gives its side files (-wal, -shm) the mode of the file itself. */
function privateFile(folder: string): string {
  const file = path.join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(folder, 0o700);
    chmodSync(file, 0o600);
  } catch (error) {
    throw settingsFault(
      `The data folder ${folder} cannot be used: it must belong to the bot's own user.`,
      error,
    );
  }
  return file;
}

function answers(sqlite: Sqlite): boolean {
  try {
    return sqlite.get('SELECT 1 AS one', []) !== undefined;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}
