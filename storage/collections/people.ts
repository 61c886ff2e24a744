import { nameKeyOf } from '../../domain/customers/customerName';
import type { Person } from '../../domain/people/person';
import type { CollectionDef } from './collectionDef';

/** `name` is the folded name (nameKeyOf), so that the list is in the order people expect. */
export const people: CollectionDef<Person> = {
  name: 'people',
  keys: { name: (person) => nameKeyOf(person.name) },
  unique: {},
};
