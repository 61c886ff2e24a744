import type { CustomerEvent, EventKind } from '../../../domain/events/customerEvent';
import { noticeKindOf } from '../kinds';
import type { NoticeKind } from '../kinds/noticeKind';
import type { Face } from './face';
import { type Beside, NO_FURTHER } from './further';
import { isReset } from './resetRows';

/** The face of one notice; `events` are all of its kind, and so are the further ones. */
export function noticeFace(
  kind: EventKind,
  events: readonly CustomerEvent[],
  now: number,
  { further = NO_FURTHER, about = [] }: Partial<Beside> = {},
): Face {
  const told = noticeKindOf(kind);
  return told.face(ownOf(told, events), now, { further, about });
}

const ownOf = ({ kind, ofResets }: NoticeKind, events: readonly CustomerEvent[]): CustomerEvent[] =>
  events.filter((event) => (ofResets ? isReset(event) : event.facts.kind === kind));
