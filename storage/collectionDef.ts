import type { Key, Store } from '../domain/ports';
import type { Stores } from '../domain/stores/stores';

/** Reads one key of a value. A value without the key is not listed by it and not held unique. */
export type KeyOf<T, K extends Key = Key> = (value: T) => K | undefined;

/** Keys that are fields of the document, by the fields' own names. */
export const byField = <Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, (value: Partial<Record<Name, Key>>) => value[name]])) as {
    [Field in Name]: KeyOf<Partial<Record<Field, Key>>>;
  };

/** What happens to a collection's documents when a customer is deleted for good. */
export type OfCustomer<T, Keys extends string> =
  /** Documents with this key are removed when its value is the customer's id. */
  | { key: Keys }
  /** The document with the customer's id is removed. */
  | 'id'
  /** The customer's own record, which purgeRemoved removes last. */
  | 'itself'
  /**
   * The document is replaced by the value without the customer; undefined when the value does not name the
   * customer.
   */
  | { without: (value: T, customerId: string) => T | undefined }
  /** The document stays, for this reason. */
  | { stays: string }
  /** No document belongs to a customer. */
  | ('customerId' extends keyof T ? never : 'nothing');

/**
 * How one collection can be searched. The key functions must depend on the value alone: their results are
 * stored beside the document, and the indexes consist of them.
 */
export interface CollectionDef<T, Keys extends string, UniqueKeys extends string> {
  name: string;
  ofCustomer: OfCustomer<T, Keys>;
  /**
   * Turns a stored document into its present form, also when an earlier version wrote it in another form.
   * Absent: all documents have the present form.
   */
  read?: (stored: T, id: string) => T;
  /** Keys for listing, counting and sorting. */
  keys: Record<Keys, KeyOf<T>>;
  /** Keys that at most one document holds, for `find`. A name may also appear in `keys`. */
  unique: Record<UniqueKeys, KeyOf<T>>;
  /**
   * Keys that queries use together: those compared for equality first, the one for sorting last. Default:
   * each key by itself.
   */
  indexes?: readonly (readonly Keys[])[];
  /** The time, in milliseconds, from which `claimDue` hands out the document. */
  due?: KeyOf<T, number>;
  /**
   * The fair line of a document, such as its customer. Due documents are claimed in turns, so that one
   * customer's many do not hold up the others. Absent: one line for all.
   */
  line?: (value: T) => string;
  /**
   * Which documents go ahead. They are claimed a few from each line, so that many of them do not hold up the
   * others either.
   */
  first?: (value: T) => boolean;
  /** The time, in milliseconds, from which the document counts as gone. */
  expires?: KeyOf<T, number>;
}

/**
 * The definition that fits a collection's entry in the catalogue: its documents and exactly its keys. Where
 * it has no keys of a sort, nothing is declared.
 */
export type DefinitionOf<Name extends keyof Stores> =
  Stores[Name] extends Store<infer T, infer Keys, infer UniqueKeys>
    ? { name: Name } & Omit<CollectionDef<T, Keys, UniqueKeys>, 'name' | 'keys' | 'unique'> &
        (Declared<'keys', T, Keys> & Declared<'unique', T, UniqueKeys>)
    : never;

type Declared<Sort extends string, T, Keys extends string> = [Keys] extends [never]
  ? { [Name in Sort]?: never }
  : { [Name in Sort]: Record<Keys, KeyOf<T>> };

/** A definition whose keys are known only at run time; drivers work with it. */
export type AnyCollection<T> = CollectionDef<T, string, string>;
