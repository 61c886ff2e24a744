import type { ConversationKind } from '../conversations/conversationKind';
import type { AskedKind, CustomerEvent, EventKind } from '../events/customerEvent';

/**
 * Events of one customer and kind within a minute, or of a flood within ten, told as one card. A change of one of them (such as an arrival) raises
 * `revision`, and the cards that show it are brought up to date in their place. Privileged accounts have notices of their own.
 */
export interface Notice {
  customerId: string;
  kind: EventKind;
  privileged: boolean;
  /** At most MOST_EVENTS; further ones join it and are marked so, see CustomerEvent.joined. */
  eventIds: string[];
  /** Those that joined up to this moment count. */
  joinedUpTo?: number;
  /** Those that join it right now: they count once each of them is marked. */
  joining?: { at: number; eventIds: string[] };
  openedAt: number;
  /**
   * How many this customer had within CROWD.rankMs before it: so much later it counts in the lines of
   * conversations.
   */
  nth?: number;
  /** It was begun when the customer had very many: it takes in more for longer. */
  crowded?: true;
  /** Held by the notice that takes in what happens next to this customer, of this kind. */
  open: boolean;
  revision: number;
  /** Its audience was found; later revisions go to the cards that are there. */
  told: boolean;
  /** When it is to be handed on; absent once that is done for this revision. */
  dueAt?: number;
  handedOnAt?: number;
}

/** Not one that turned out to be worse since: that is told, and answered, on a card of its own. */
export const belongsTo = (
  { id, value: { privileged } }: { id: string; value: Pick<Notice, 'privileged'> },
  { movedFrom, noticeId = id, ...event }: CustomerEvent,
): boolean => (privileged || !event.privileged) && movedFrom !== id && noticeId === id;

/** How long a notice takes in further events, and how many it lists. */
export const NOTICE_MS = 60_000;
export const MOST_EVENTS = 500;

/**
 * A flood becomes few cards: a notice whose list is full takes in events for longer, and so does each one
 * from so many notices of a customer in an hour on.
 */
export const CROWD = {
  notices: 20,
  withinMs: 60 * 60_000,
  noticeMs: 10 * 60_000,
  /**
   * In the line of a conversation each notice of a customer within so long counts as `laterMs` younger than
   * the one before it.
   */
  rankMs: 10 * 60_000,
  laterMs: 60_000,
};

/** How long this one takes in further events. */
export const takesInMs = ({ crowded, eventIds }: Notice): number =>
  crowded || eventIds.length >= MOST_EVENTS ? CROWD.noticeMs : NOTICE_MS;

/** What one conversation wants to be told. The document id is the conversation id. */
export interface Subscription {
  scope: ConversationKind;
  /** Whose personal chat it is. */
  personId?: string;
  /** Ids of customers. */
  customers: 'all' | string[];
  kinds: AskedKind[];
  /** Between `from` and `to` (HH:MM) what happens is kept for one card at `to`, except privileged accounts and alarms. */
  quiet?: { from: string; to: string };
  /** Once a day at this time (HH:MM) instead of one by one. */
  digestAt?: string;
  /** IANA. */
  timeZone: string;
  /** Who answers for it; in a shared place an admin. */
  setBy: { id: string; name: string };
  /** Since when that is no admin any more. */
  orphanedAt?: number;
  changedAt: number;
}

/** Of a thread or the tenant (the document id), shared by all instances. */
export interface SendBudget {
  /** When the next send is in order. */
  nextAt: number;
  /** The tenant's: from when on each of its lots may be used again. */
  lots?: number[];
  expiresAt: number;
}
