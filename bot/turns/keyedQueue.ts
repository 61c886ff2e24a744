/**
 * Runs work of one key one after another, and of different keys in parallel. This only spares retries:
 * correctness comes from compare-and-set.
 */
export function createKeyedQueue() {
  const tails = new Map<string, Promise<unknown>>();
  return async function enqueue<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = tails.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === mine) tails.delete(key);
    }
  };
}
