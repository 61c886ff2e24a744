import { placeInLine } from '../../domain/notifications/line';
import type { Delivery } from '../../domain/notifications/notification';
import type { DefinitionOf } from './collectionDef';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

const OPEN = new Set<Delivery['state']>(['waiting', 'sending', 'held']);

/** The outbox: due while something waits to be sent or brought up to date. */
export const deliveries: DefinitionOf<'deliveries'> = {
  name: 'deliveries',
  ofCustomer: { key: 'customerId' },
  keys: {
    conversationId: (delivery) => delivery.conversationId,
    noticeId: ({ digest, noticeIds }) => (digest ? undefined : noticeIds[0]),
    line: placeInLine,
    digestId: ({ digest, digestId }) => (digest ? undefined : digestId),
    customerId: (delivery) => delivery.customerId,
    state: (delivery) => delivery.state,
    createdAt: (delivery) => delivery.createdAt,
  },
  unique: {},
  indexes: [
    ['conversationId', 'state', 'createdAt'],
    ['conversationId', 'line'],
    ['noticeId'],
    ['digestId'],
    ['customerId'],
    ['state', 'createdAt'],
  ],
  due: ({ state, dueAt }) => (OPEN.has(state) ? dueAt : undefined),
  line: ({ customerId = '' }) => customerId,
  first: ({ urgent = false }) => urgent,
  expires: (delivery) => delivery.createdAt + KEPT_MS,
};
