import { byField, type DefinitionOf } from '../collectionDef';

/**
 * The id allows an organization one customer; `customerAndIntegration` allows a customer one organization of
 * an integration.
 */
export const links: DefinitionOf<'links'> = {
  name: 'links',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId', 'integrationId'),
  unique: { customerAndIntegration: ({ customerId, integrationId }) => `${customerId}|${integrationId}` },
};
