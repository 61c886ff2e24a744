import { LRUCache } from 'lru-cache';

/**
 * Keeps what `make` resolves to, by key: at most `most` entries, and the least recently used goes first.
 * Calls at the same time share one result; a failed one is forgotten, so that the next call tries again.
 */
export function createBoundedCache<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new LRUCache<string, Promise<T>>({ max: most });
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = make();
    kept.set(key, value);
    value.catch(() => kept.peek(key) === value && kept.delete(key));
    return value;
  };
}
