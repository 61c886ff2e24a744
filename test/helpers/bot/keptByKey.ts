/** A Map or Set that outlives the request in which it grows. */
type Kept = Map<unknown, unknown> | Set<unknown>;

/**
 * Runs `make`, and answers with its result and with the number of entries of each Map and Set that was made
 * meanwhile. A process makes its memories by key when it starts.
 */
export async function keptByKey<T>(make: () => Promise<T> | T): Promise<{ made: T; sizes(): number[] }> {
  const kept: Kept[] = [];
  const { Map: PlainMap, Set: PlainSet } = globalThis;
  class NotedMap<K, V> extends PlainMap<K, V> {
    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super(entries);
      kept.push(this);
    }
  }
  class NotedSet<V> extends PlainSet<V> {
    constructor(values?: Iterable<V> | null) {
      super(values);
      kept.push(this);
    }
  }
  Object.assign(globalThis, { Map: NotedMap, Set: NotedSet });
  try {
    return { made: await make(), sizes: () => kept.map(({ size }) => size) };
  } finally {
    Object.assign(globalThis, { Map: PlainMap, Set: PlainSet });
  }
}
