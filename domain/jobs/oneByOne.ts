import { StoreUnavailable } from '../errors';

/**
 * Works on one item after the other. An item that fails does not hold up the rest: the first error is thrown
 * at the end. Without the store nothing else would work either, so that error is thrown at once.
 */
export async function oneByOne<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items)
    try {
      await work(item);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      errors.push(error);
    }
  if (errors.length > 0) throw errors[0];
}
