import { byField, type DefinitionOf } from '../collectionDef';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Orders are kept for a week for inspection. One that still has an input is due when it expires. */
export const agentOrders: DefinitionOf<'agentOrders'> = {
  name: 'agentOrders',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId', 'agentId', 'state', 'issuedAt'),
  indexes: [
    ['agentId', 'state', 'issuedAt'],
    ['state', 'issuedAt'],
  ],
  due: ({ input, expiresAt }) => (input === undefined ? undefined : expiresAt),
  expires: (order) => order.issuedAt + KEPT_MS,
};
