import type { CustomerEvent, EventKind } from '../../../domain/events/customerEvent';
import { noticeKindOf } from '../kinds';
import type { NoticeKind } from '../kinds/noticeKind';
import type { Face } from './face';
import { type Beside, NO_FURTHER } from './further';
import { isReset } from './resetEvent';

/**
 * The face of one notice, which began at `told`; `events` are all of its kind, and so are the further ones.
 */
export function noticeFace(
  kind: EventKind,
  events: readonly CustomerEvent[],
  told: number,
  { further = NO_FURTHER, about = [] }: Partial<Beside> = {},
): Face {
  const words = noticeKindOf(kind);
  return words.face(ownOf(words, events), told, { further, about });
}

const ownOf = ({ kind, ofResets }: NoticeKind, events: readonly CustomerEvent[]): CustomerEvent[] =>
  events.filter((event) => (ofResets ? isReset(event) : event.facts.kind === kind));
