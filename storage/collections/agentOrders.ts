import type { AgentOrder } from '../../domain/agents/agent';
import type { CollectionDef } from './collectionDef';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Kept for a week to be looked at. */
export const agentOrders: CollectionDef<AgentOrder> = {
  name: 'agentOrders',
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
