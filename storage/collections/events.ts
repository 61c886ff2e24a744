import type { CustomerEvent } from '../../domain/events/customerEvent';
import { resetTimeKey, resetVersionKey } from '../../domain/events/eventId';
import { isUrgent } from '../../domain/notifications/audience';
import { byField, type DefinitionOf } from '../collectionDef';

/** The notice that the event joined beyond its list, unless the event has left it. */
const joinedTo = ({ noticeId, joined }: CustomerEvent) =>
  joined?.noticeId === noticeId ? noticeId : undefined;

const KEPT_MS = 400 * 24 * 60 * 60 * 1000;

/**
 * What happened at customers; due until a notice has taken the event in. The version and the time of a reset
 * are unique.
 */
export const events: DefinitionOf<'events'> = {
  name: 'events',
  ofCustomer: { key: 'customerId' },
  keys: {
    ...byField('customerId', 'at', 'toldAt'),
    kind: (event) => event.facts.kind,
    explanation: ({ facts }) => ('explanation' in facts ? facts.explanation.state : undefined),
    answeredAt: ({ facts }) => ('explanation' in facts ? facts.explanation.at : undefined),
    arrival: ({ facts }) => ('arrival' in facts ? facts.arrival.state : undefined),
    joinedTo,
    joinedAt: (event) => event.joined?.at,
  },
  unique: { resetVersion: resetVersionKey, resetTime: resetTimeKey },
  indexes: [
    ['customerId', 'at'],
    ['customerId', 'kind', 'toldAt'],
    ['customerId', 'explanation', 'at'],
    ['joinedTo', 'joinedAt'],
    ['joinedTo', 'explanation', 'answeredAt'],
    ['joinedTo', 'arrival'],
  ],
  due: (event) => event.dueAt,
  line: (event) => event.customerId,
  first: ({ privileged, facts }) => isUrgent({ privileged, kind: facts.kind }),
  expires: (event) => event.toldAt + KEPT_MS,
};
