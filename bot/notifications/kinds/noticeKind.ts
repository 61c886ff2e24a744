import { counted } from '../../../cards/format';
import type { AskedKind, EventKind, EventOf } from '../../../domain/events/customerEvent';
import type { Face } from '../faces/face';
import type { Beside } from '../faces/further';

/**
 * All that is said of one kind of event. What the rules need to know of it, such as whether it is urgent, is
 * in domain/notifications/kindRules.ts.
 */
export type NoticeKind<Kind extends EventKind = EventKind> = Said<Kind> &
  (Kind extends AskedKind ? Titled : unknown);

interface Titled {
  /** What people choose it by. */
  title: string;
}

interface Said<Kind extends EventKind> {
  kind: Kind;
  /** Its events are resets: people explain them, and they are followed into Microsoft 365. */
  ofResets?: true;
  /** The card of one notice. */
  face(events: readonly EventOf<Kind>[], now: number, beside: Beside): Face;
  /** So many of them, in a digest. */
  digest(count: number): string;
  /** Ids of the resets that an event is about: its card shows what became of them, and asks for them. */
  about?(event: EventOf<Kind>): readonly string[];
}

export const times =
  (what: string) =>
  (count: number): string =>
    count === 1 ? what : `${what} (${count} times)`;

export const countedAs =
  (noun: string, suffix = '') =>
  (count: number): string =>
    counted(count, noun) + suffix;
