import type { CustomerEvent } from '../../domain/events/customerEvent';
import type { CollectionDef } from './collectionDef';

const KEPT_MS = 400 * 24 * 60 * 60 * 1000;

/** What happened at customers; due until it was handed to its notice. */
export const events: CollectionDef<CustomerEvent> = {
  name: 'events',
  keys: {
    customerId: (event) => event.customerId,
    kind: (event) => event.facts.kind,
    at: (event) => event.at,
    toldAt: (event) => event.toldAt,
    explanation: ({ facts }) => ('explanation' in facts ? facts.explanation.state : undefined),
  },
  unique: {},
  indexes: [
    ['customerId', 'at'],
    ['customerId', 'kind', 'toldAt'],
    ['customerId', 'explanation', 'toldAt'],
  ],
  due: (event) => event.dueAt,
  expires: (event) => event.toldAt + KEPT_MS,
};
