import { nameKeyOf } from '../../domain/customers/customerName';
import type { DefinitionOf } from '../collectionDef';

/** The name distinguishes two accounts in one IT Glue region. */
export const integrations: DefinitionOf<'integrations'> = {
  name: 'integrations',
  ofCustomer: 'nothing',
  keys: { name: (integration) => nameKeyOf(integration.name) },
  unique: { name: (integration) => nameKeyOf(integration.name) },
};
