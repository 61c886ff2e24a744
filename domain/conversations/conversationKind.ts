/** Who reads a conversation: one person, or others too. */
export type ConversationKind = 'personal' | 'groupChat' | 'channel';

/**
 * What the channel calls the conversation. A conversation without a name, or with a new one, may have
 * listeners, so it is never personal.
 */
export const conversationKindOf = (type: unknown): ConversationKind =>
  type === 'personal' || type === 'channel' ? type : 'groupChat';

/** True where only one person reads what the bot says. What is meant for one person is said only there. */
export const isPersonal = ({ kind }: { kind: ConversationKind }): boolean => kind === 'personal';

/** A channel is one conversation, whatever thread somebody spoke in. */
export const rootConversationId = (conversationId: string): string =>
  conversationId.replace(/;messageid=.*$/, '');
