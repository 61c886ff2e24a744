import type { Store } from '../../../domain/ports';

export type Value<S> = S extends Store<infer T, never, never> ? T : never;

export interface Sample<T> {
  /**
   * A value that differs from every other `n` in every unique key. Its listed keys sort in the order of `n`.
   */
  make(n: number): T;
  /** The same value with one unique key replaced. All values changed like this share that key. */
  share: Record<string, (value: T) => T>;
}

/** The time of the tests' clock. */
export const NOW = Date.UTC(2026, 0, 15, 9, 30);

export const who = { id: 'person-1', name: 'Megan Bowen' };
export const padded = (n: number) => String(n).padStart(5, '0');
