import { nameKeyOf } from '../../domain/customers/customerName';
import type { DefinitionOf } from '../collectionDef';

/** `name` is the folded name (nameKeyOf), so that the list has the order that people expect. */
export const people: DefinitionOf<'people'> = {
  name: 'people',
  ofCustomer: 'nothing',
  keys: { name: (person) => nameKeyOf(person.name) },
};
