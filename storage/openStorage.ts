import type { CustomerRecords } from '../domain/customers/purgeRemoved';
import type { Clock, Log } from '../domain/ports';
import type { Stores } from '../domain/stores/stores';
import { storesOf } from './collections';
import { createStore } from './createStore';
import { createCustomerRecords } from './customerRecords';
import type { Driver } from './drivers/driver';
import { retired } from './retired';
import type { Table } from './table';

export type StorageConfig =
  | { kind: 'sqlite'; folder: string }
  /**
   * `database` defaults to the name in the URI, else `keyturn`. `allowPlain` allows a server on another
   * machine without TLS.
   */
  | { kind: 'mongodb'; uri: string; database?: string; allowPlain?: boolean };

export interface Storage {
  stores: Stores;
  customerRecords: CustomerRecords;
  /** Whether the database answers now. Never throws. */
  ready(): Promise<boolean>;
  /** After this, every store throws StoreUnavailable. */
  close(): Promise<void>;
  /** Deletes documents that have expired by `now`. Safe at any time, and by several instances at once. */
  sweep(now: number): Promise<void>;
}

/**
 * Opens the database, with all collections and indexes ready. Throws a settings fault that says what to
 * correct.
 */
export async function openStorage(config: StorageConfig, deps: { log: Log; clock: Clock }): Promise<Storage> {
  const driver = await open(config, deps.log);
  const tables: Table[] = [];
  const stores = storesOf((def) => {
    const table = driver.table(def);
    tables.push(table);
    return createStore(def, table, deps.clock);
  });
  for (const def of retired) tables.push(driver.table(def));
  await driver.prepared();
  return {
    stores,
    customerRecords: createCustomerRecords(stores),
    ready: () => driver.ready(),
    close: () => driver.close(),
    sweep: async (now) => {
      for (const table of tables) await table.sweep(now);
    },
  };
}

/** Loads only the chosen driver's package, to keep the start quick. */
async function open(config: StorageConfig, log: Log): Promise<Driver> {
  if (config.kind === 'sqlite') {
    const { openSqlite } = require('./drivers/sqlite') as typeof import('./drivers/sqlite');
    return openSqlite(config.folder);
  }
  const { openMongo } = require('./drivers/mongo') as typeof import('./drivers/mongo');
  return openMongo(config, log);
}
