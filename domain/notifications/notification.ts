import type { ConversationKind } from '../conversations/conversationKind';
import type { AskedKind, CustomerEvent, EventKind } from '../events/customerEvent';

/**
 * Events of one customer and kind within a minute, or within ten in a flood, told as one card. When one of
 * them changes (for example by its arrival), `revision` rises and the cards that show the notice are brought
 * up to date. Privileged accounts have notices of their own.
 */
export interface Notice {
  customerId: string;
  kind: EventKind;
  privileged: boolean;
  /** At most MOST_EVENTS. Further events join the notice and are marked; see CustomerEvent.joined. */
  eventIds: string[];
  /** Events that joined up to this moment count. */
  joinedUpTo?: number;
  /** Events that are joining now; they count once each of them is marked. */
  joining?: { at: number; eventIds: string[] };
  openedAt: number;
  /**
   * How many notices this customer had within CROWD.rankMs before this one. It waits that much longer in the
   * conversations' lines.
   */
  nth?: number;
  /** It began when the customer had very many notices, so it takes in more events and for longer. */
  crowded?: true;
  /** True for the notice that takes in this customer's next events of this kind. */
  open: boolean;
  revision: number;
  /** Its audience was found; later revisions go to the cards that exist. */
  told: boolean;
  /** When the notice is to be fanned out; absent once that is done for this revision. */
  dueAt?: number;
  handedOnAt?: number;
}

/** False for an event that turned out to be worse since: that event is told and answered on its own card. */
export const belongsTo = (
  { id, value: { privileged } }: { id: string; value: Pick<Notice, 'privileged'> },
  { movedFrom, noticeId = id, ...event }: CustomerEvent,
): boolean => (privileged || !event.privileged) && movedFrom !== id && noticeId === id;

/** How long a notice takes in further events, and how many it lists. */
export const NOTICE_MS = 60_000;
export const MOST_EVENTS = 500;

/**
 * A flood becomes few cards. A notice with a full list takes in events for longer, and so does each notice
 * that begins when its customer had this many notices, or this many events of its kind, within an hour. The
 * number of events does not count for privileged accounts: ordinary ones must not keep back their next card.
 */
export const CROWD = {
  notices: 20,
  events: 200,
  withinMs: 60 * 60_000,
  noticeMs: 10 * 60_000,
  /**
   * In a conversation's line, each notice of a customer within this time counts as `laterMs` younger than the
   * one before.
   */
  rankMs: 10 * 60_000,
  laterMs: 60_000,
};

/** How long this notice takes in further events. */
export const takesInMs = ({ crowded, eventIds }: Notice): number =>
  crowded || eventIds.length >= MOST_EVENTS ? CROWD.noticeMs : NOTICE_MS;

/** What one conversation wants to be told. The document id is the conversation id. */
export interface Subscription {
  scope: ConversationKind;
  /** The person whose personal chat it is. */
  personId?: string;
  /** Ids of customers. */
  customers: 'all' | string[];
  /** Ids of the customers that are left out of all. */
  except?: string[];
  kinds: AskedKind[];
  /**
   * What happens between `from` and `to` (HH:MM) is kept for one card at `to`, except privileged accounts and
   * alarms.
   */
  quiet?: { from: string; to: string };
  /** Told once a day at this time (HH:MM) instead of one by one. */
  digestAt?: string;
  /** An IANA time zone. */
  timeZone: string;
  /** Who answers for it; in a shared conversation an admin. */
  setBy: { id: string; name: string };
  /** Since when this person is no longer an admin. */
  orphanedAt?: number;
  changedAt: number;
}

/** The send budget of a conversation or of the tenant (the document id), shared by all instances. */
export interface SendBudget {
  /** When the next send is allowed. */
  nextAt: number;
  /** For the tenant: when each of its lots may be used again. */
  lots?: number[];
  expiresAt: number;
}
