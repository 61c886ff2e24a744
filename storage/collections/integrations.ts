import { nameKeyOf } from '../../domain/customers/customerName';
import type { Integration } from '../../domain/integrations/integration';
import type { CollectionDef } from './collectionDef';

/** Two accounts in one IT Glue region are told apart by their names. */
export const integrations: CollectionDef<Integration> = {
  name: 'integrations',
  keys: { name: (integration) => nameKeyOf(integration.name) },
  unique: { name: (integration) => nameKeyOf(integration.name) },
};
