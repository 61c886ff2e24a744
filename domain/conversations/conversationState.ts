import type { ConversationKind } from './conversationKind';
import type { ConversationMembers } from './conversationMembers';

/**
 * What the bot remembers of one person in one conversation (key: conversation id, then the person). One document, so
 * that the dialog stack, what was already answered, and the replies still to be sent change together or not at all.
 */
export interface ConversationState {
  /** The botbuilder-dialogs stack. */
  dialogs: { dialogStack: unknown[] };
  /** The last activity ids that were answered: a repeat of one is not answered again. */
  answered: string[];
  /** Replies that are decided but not known to be sent, a batch a turn. Sent by whoever ran the turn, else by any instance later. */
  pending: PendingReplies[];
  changedAt: number;
}

export interface PendingReplies {
  turnId: string;
  reference: unknown;
  /** Bot Framework activities, in order; the first `sent` of them are out. */
  activities: unknown[];
  sent: number;
  attempts: number;
  /** When another instance may take over the sending of this batch. */
  dueAt: number;
}

/** Where somebody, a group chat or a channel can be reached proactively. The document id is the conversation id. */
export interface ConversationReferenceRecord {
  /** A Bot Framework ConversationReference, with the serviceUrl of the latest activity. */
  reference: unknown;
  kind: ConversationKind;
  /** Entra object id of the person, for a personal chat. */
  personId?: string;
  installed: boolean;
  /** Of a shared place; absent when nobody has looked since somebody came in. */
  members?: ConversationMembers;
  greetedAt?: number;
  /** The request that greets: worked out again, it greets again. */
  greetedBy?: string;
  changedAt: number;
}
