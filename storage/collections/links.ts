import type { DefinitionOf } from './collectionDef';

/** The id holds an organization to one customer, `customerAndIntegration` a customer to one organization of an integration. */
export const links: DefinitionOf<'links'> = {
  name: 'links',
  ofCustomer: { key: 'customerId' },
  keys: {
    customerId: (link) => link.customerId,
    integrationId: (link) => link.integrationId,
  },
  unique: { customerAndIntegration: ({ customerId, integrationId }) => `${customerId}|${integrationId}` },
};
