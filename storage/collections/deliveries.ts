import { type Delivery, subjectKey } from '../../domain/notifications/delivery';
import { positionInLine } from '../../domain/notifications/line';

import { byField, type DefinitionOf } from '../collectionDef';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

const OPEN = new Set<Delivery['state']>(['waiting', 'sending', 'held']);

/** The stored form from before deliveries had subjects. */
interface EarlierDelivery extends Omit<Delivery, 'subject' | 'keptFor' | 'noticeIds'> {
  /** The notice that it tells; for a digest, the notices that it sums up. */
  noticeIds: string[];
  digest: boolean;
  /**
   * For a kept row, the digest that sums it up; for a digest, its own id, which is also the id of its
   * document.
   */
  digestId?: string;
}

function read(stored: Delivery | EarlierDelivery, id: string): Delivery {
  if ('subject' in stored) return stored;
  const { noticeIds, digest, digestId, ...rest } = stored;
  if (digest) return { ...rest, subject: { kind: 'digest', id: digestId ?? id }, noticeIds };
  const [noticeId = ''] = noticeIds;
  return { ...rest, subject: { kind: 'notice', id: noticeId }, ...(digestId && { keptFor: digestId }) };
}

/** The outbox: due while a card waits to be sent or updated. */
export const deliveries: DefinitionOf<'deliveries'> = {
  name: 'deliveries',
  ofCustomer: { key: 'customerId' },
  read,
  keys: {
    ...byField('conversationId', 'keptFor', 'customerId', 'state', 'createdAt'),
    subject: ({ subject }) => subjectKey(subject),
    line: positionInLine,
  },
  indexes: [
    ['conversationId', 'state', 'createdAt'],
    ['conversationId', 'line'],
    ['subject'],
    ['keptFor'],
    ['customerId'],
    ['state', 'createdAt'],
  ],
  due: ({ state, dueAt }) => (OPEN.has(state) ? dueAt : undefined),
  line: ({ customerId = '' }) => customerId,
  first: ({ urgent = false }) => urgent,
  expires: (delivery) => delivery.createdAt + KEPT_MS,
};
