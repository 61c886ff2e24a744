import { nameKeyOf } from '../../domain/customers/customerName';
import type { DefinitionOf } from './collectionDef';

/** Two accounts in one IT Glue region are told apart by their names. */
export const integrations: DefinitionOf<'integrations'> = {
  name: 'integrations',
  ofCustomer: 'nothing',
  keys: { name: (integration) => nameKeyOf(integration.name) },
  unique: { name: (integration) => nameKeyOf(integration.name) },
};
