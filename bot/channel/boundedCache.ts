/**
 * Keeps what `make` resolves to, by key: at most `most` of them, the one unused for longest going first. Calls at the same
 * time share one making; a failed one is forgotten, so that the next call tries again.
 */
export function createBoundedCache<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    value.catch(() => kept.get(key) === value && kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
