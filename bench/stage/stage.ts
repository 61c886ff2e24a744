import type { StorageConfig } from '../../storage/openStorage';
import type { Started } from './processes';

/** The means for every part of the bench. */
export interface Stage {
  /** An empty folder for this part, on the disk with the product's data. */
  folder: string;
  /** Absent when the bench was given no MongoDB. */
  mongodb?: StorageConfig & { kind: 'mongodb' };
  /** Keeps track of every started process, so that it is stopped at the end, even after a failure. */
  keep: Keep;
}

export type Keep = <S extends Started>(server: Promise<S>) => Promise<S>;
