import type { DefinitionOf } from '../collectionDef';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Orders are kept for a week for inspection. */
export const agentOrders: DefinitionOf<'agentOrders'> = {
  name: 'agentOrders',
  ofCustomer: { key: 'customerId' },
  keys: {
    customerId: (order) => order.customerId,
    agentId: (order) => order.agentId,
    state: (order) => order.state,
    issuedAt: (order) => order.issuedAt,
  },
  unique: {},
  indexes: [
    ['agentId', 'state', 'issuedAt'],
    ['state', 'issuedAt'],
  ],
  expires: (order) => order.issuedAt + KEPT_MS,
};
