import { DuplicateKey } from '../errors';
import type { Stored } from '../ports';

/** The document that was inserted; undefined when one with its id, or with a unique key of it, is there already. */
export async function insertOnce<T>(
  store: { insert(id: string, value: T): Promise<Stored<T>> },
  id: string,
  value: T,
): Promise<Stored<T> | undefined> {
  try {
    return await store.insert(id, value);
  } catch (error) {
    if (error instanceof DuplicateKey) return undefined;
    throw error;
  }
}
