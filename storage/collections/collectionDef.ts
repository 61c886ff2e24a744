import type { Key, Store } from '../../domain/ports';
import type { Stores } from '../../domain/stores/stores';

/** Reads one key of a value; a value for which it is undefined has no such key: not listed by it, not held unique. */
export type KeyOf<T, K extends Key = Key> = (value: T) => K | undefined;

/** What becomes of a collection's documents when a customer is deleted for good. */
export type OfCustomer<T, Keys extends string> =
  /** The documents whose key is the customer's id are removed. */
  | { key: Keys }
  /** The document whose id is the customer's is removed. */
  | 'id'
  /** The customer's own record: purgeRemoved removes it last. */
  | 'itself'
  /** Replaced by what is left of it without the customer; undefined where the value does not name it. */
  | { without: (value: T, customerId: string) => T | undefined }
  /** It stays, for this reason. */
  | { stays: string }
  /** Nothing in it is a customer's. */
  | ('customerId' extends keyof T ? never : 'nothing');

/**
 * How one collection can be asked for its documents. The key functions must depend on the value alone: what they
 * return is stored beside the document and is what the indexes are made of.
 */
export interface CollectionDef<T, Keys extends string, UniqueKeys extends string> {
  name: string;
  ofCustomer: OfCustomer<T, Keys>;
  /**
   * A stored document as it is now, also one that an earlier version wrote in another form. Absent: they are
   * all of the form of now.
   */
  read?: (stored: T, id: string) => T;
  /** Can be listed, counted and sorted by. */
  keys: Record<Keys, KeyOf<T>>;
  /** Held by one document at most, and found by `find`. May share its name with one of `keys`. */
  unique: Record<UniqueKeys, KeyOf<T>>;
  /** Keys that are asked for together, equal ones first, the sorted one last. Default: each key by itself. */
  indexes?: readonly (readonly Keys[])[];
  /** When `claimDue` hands it out, in milliseconds. */
  due?: KeyOf<T, number>;
  /**
   * Whose it is: what is due is handed out in turns, so that nobody's many hold up the others. Absent: one
   * line for all.
   */
  line?: (value: T) => string;
  /**
   * What goes ahead: of each line a few at a time, so that nobody's many of these hold up the others either.
   */
  first?: (value: T) => boolean;
  /** From when on it is not there any more, in milliseconds. */
  expires?: KeyOf<T, number>;
}

/** The definition that fits a collection's entry in the catalogue: its documents, its keys, no other ones. */
export type DefinitionOf<Name extends keyof Stores> =
  Stores[Name] extends Store<infer T, infer Keys, infer UniqueKeys>
    ? CollectionDef<T, Keys, UniqueKeys> & { name: Name }
    : never;

/** A definition whose keys are known at run time alone: what drivers work with. */
export type AnyCollection<T> = CollectionDef<T, string, string>;
