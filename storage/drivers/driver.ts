import type { AnyCollection } from '../collectionDef';
import type { Table } from '../table';

/** One opened database. */
export interface Driver {
  /** Its table, columns and indexes exist when `prepared` has resolved. */
  table<T>(def: AnyCollection<T>): Table;
  prepared(): Promise<void>;
  /** Whether the database answers now. Never throws. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
