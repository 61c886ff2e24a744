import type { StorageConfig } from '../storage/openStorage';
import type { Started } from './processes';

/** What every part of the bench is measured on. */
export interface Stage {
  /** An empty one of its own, on the disk where the product's data lies. */
  folder: string;
  /** Absent: no MongoDB was given. */
  mongodb?: StorageConfig & { kind: 'mongodb' };
  /** Of whatever is started, so that it is stopped at the end, however that comes. */
  keep: Keep;
}

export type Keep = <S extends Started>(server: Promise<S>) => Promise<S>;
