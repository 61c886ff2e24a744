import type { AnyCollection } from '../collections/collectionDef';
import type { Table } from '../table';

/** One opened database. */
export interface Driver {
  /** Its table, columns and indexes are there when `prepared` has resolved. */
  table<T>(def: AnyCollection<T>): Table;
  prepared(): Promise<void>;
  /** Whether it answers now. Never throws. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
