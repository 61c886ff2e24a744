import { DuplicateKey } from '../errors';
import type { Stored } from '../ports';

/** Inserts a document and answers with it; undefined when one with this id or unique key already exists. */
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
