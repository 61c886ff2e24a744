import type { EventKind } from '../events/customerEvent';

/**
 * Events of one customer and kind within a minute, told as one card. A change of one of them (such as an arrival) raises `revision`,
 * and the cards that show it are brought up to date in their place.
 */
export interface Notice {
  customerId: string;
  kind: EventKind;
  privileged: boolean;
  /** The first 500; `count` counts all. */
  eventIds: string[];
  count: number;
  openedAt: number;
  /** Later events go to the next notice. */
  openUntil: number;
  /** Held by one open notice of a customer and kind. */
  open: boolean;
  revision: number;
  /** When it is to be handed to its audience; absent once that is done for this revision. */
  dueAt?: number;
}
export const NOTICE_MS = 60_000;

/** One conversation's card of one notice, or its digest. The document id is notice id and conversation id. */
export interface Delivery {
  conversationId: string;
  /** Absent for a digest. */
  noticeId?: string;
  /** The notices a digest sums up. */
  digestOf?: string[];
  customerId?: string;
  /** The revision that is to be shown, and the one that is. */
  wanted: number;
  shown: number;
  /** The message, once it is there. */
  cardId?: string;
  state: 'waiting' | 'shown' | 'gone' | 'failed';
  attempts: number;
  dueAt: number;
  /** Of the last try, safe to show. */
  failure?: string;
  createdAt: number;
}

/** What one conversation wants to be told. The document id is the conversation id. */
export interface Subscription {
  conversationId: string;
  scope: 'personal' | 'groupChat' | 'channel';
  /** Whose personal chat it is. */
  personId?: string;
  customers: 'all' | string[];
  kinds: EventKind[];
  /** Nothing is said between `from` and `to` (HH:MM) of an IANA time zone, except privileged accounts and alarms. */
  quiet?: { timeZone: string; from: string; to: string };
  /** Once a day at `at` (HH:MM) instead of one by one. */
  digest?: { timeZone: string; at: string };
  setBy: { id: string; name: string };
  changedAt: number;
}

/** How much of Teams' limits is used up: shared by all instances. The document id names the thread or the tenant. */
export interface SendBudget {
  windowStart: number;
  used: number;
  expiresAt: number;
}
