import type { Store } from '../../../../domain/ports';
import type { AnyCollection } from '../../../../storage/collectionDef';

export type Value = Record<string, unknown>;

/** One collection on one driver, through two connections, as two instances of the bot see it. */
export interface Subject {
  def: AnyCollection<Value>;
  /** See storeSamples. */
  make(n: number): Value;
  share: Record<string, (value: Value) => Value>;
  /** The store through the first or second connection. */
  store(n?: number): Store<Value, string, string>;
  /** Inserts the sample `n` under `idOf(n)`. */
  insert(n: number): ReturnType<Store<Value, string, string>['insert']>;
  clock: { time: number };
  sweep(now: number): Promise<void>;
}

export const idOf = (n: number): string => `document-${String(n).padStart(5, '0')}`;

export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, n) => from + n);
