import type { Store } from '../../../domain/ports';

export type Value<S> = S extends Store<infer T, never, never> ? T : never;

export interface Sample<T> {
  /** Different in every unique key from every other `n`; in order of `n` by every listed key. */
  make(n: number): T;
  /** The same value, with one unique key made equal to that of every other value treated so. */
  share: Record<string, (value: T) => T>;
}

/** Where the tests' clock stands. */
export const NOW = Date.UTC(2026, 0, 15, 9, 30);

export const who = { id: 'person-1', name: 'Megan Bowen' };
export const padded = (n: number) => String(n).padStart(5, '0');
