import type { ConversationKind } from './conversationKind';
import type { ConversationMembers } from './conversationMembers';

/**
 * What the bot remembers of one person in one conversation (key: conversation id, then the person). It is one
 * document, so that the dialog stack, the answered activities and the replies still to send change together
 * or not at all.
 */
export interface ConversationState {
  /** The botbuilder-dialogs stack. */
  dialogs: { dialogStack: unknown[] };
  /** The message with the card of the open step of a dialog. */
  stepCard?: string;
  /** The ids of the last answered activities; the bot does not answer them again. */
  answered: string[];
  /**
   * Replies that are decided and not yet known to be sent, one batch a turn. The instance that ran the turn
   * sends them, else any other instance does so later.
   */
  pending: PendingReplies[];
  changedAt: number;
}

export interface PendingReplies {
  turnId: string;
  reference: unknown;
  /** Bot Framework activities, in order; the first `sent` of them have been sent. */
  activities: unknown[];
  sent: number;
  attempts: number;
  /** When another instance may take over sending this batch. */
  dueAt: number;
}

/**
 * How the bot reaches a person, a group chat or a channel unasked. The document id is the conversation id.
 */
export interface ConversationReferenceRecord {
  /** A Bot Framework ConversationReference, with the serviceUrl of the latest activity. */
  reference: unknown;
  kind: ConversationKind;
  /** Entra object id of the person, for a personal chat. */
  personId?: string;
  installed: boolean;
  /** Members of a shared conversation; absent when nobody has looked since somebody joined. */
  members?: ConversationMembers;
  greetedAt?: number;
  /** The request that greets: when it is worked out again, it greets again. */
  greetedBy?: string;
  changedAt: number;
}
