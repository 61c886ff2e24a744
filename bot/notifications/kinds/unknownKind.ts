import type { EventKind } from '../../../domain/events/customerEvent';
import { countedAs, type NoticeKind, times } from './noticeKind';

const happened = times('Something happened');

/** A newer version wrote it to the same store; this version does not guess what it is about. */
export const unknownKind: Omit<NoticeKind<EventKind>, 'kind'> = {
  face: (events, _told, { further }) => ({
    heading: happened(events.length + further.total),
    tone: 'neutral',
    lead: 'A newer version of Keyturn noted it, and this version cannot say what it is. Update Keyturn on every server that runs it.',
    asks: false,
  }),
  digest: countedAs('other event'),
};
