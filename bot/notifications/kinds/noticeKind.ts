import { counted } from '../../../cards/shared/format';
import type { AskedKind, EventKind, EventOf } from '../../../domain/events/customerEvent';
import type { Face } from '../faces/face';
import type { Beside } from '../faces/further';

/**
 * All words about one kind of event. The rules about it, for example whether it is urgent, are in
 * domain/notifications/kindRules.ts.
 */
export type NoticeKind<Kind extends EventKind = EventKind> = Said<Kind> &
  (Kind extends AskedKind ? Titled : unknown);

interface Titled {
  /** The name by which people choose it. */
  title: string;
}

interface Said<Kind extends EventKind> {
  kind: Kind;
  /** Its events are resets: people explain them, and Keyturn looks for them in Microsoft 365. */
  ofResets?: true;
  /** The face of one notice, which began at `told`. */
  face(events: readonly EventOf<Kind>[], told: number, beside: Beside): Face;
  /** The words for this many of them in a digest. */
  digest(count: number): string;
}

export const times =
  (what: string) =>
  (count: number): string =>
    count === 1 ? what : `${what} (${count} times)`;

export const countedAs =
  (noun: string, suffix = '') =>
  (count: number): string =>
    counted(count, noun) + suffix;
