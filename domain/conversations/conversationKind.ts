/** Who hears what is said in a place: one person, or others too. */
export type ConversationKind = 'personal' | 'groupChat' | 'channel';

/**
 * What the channel calls the place. One that it does not name, or names in a new way, may have listeners: it
 * is never personal.
 */
export const conversationKindOf = (type: unknown): ConversationKind =>
  type === 'personal' || type === 'channel' ? type : 'groupChat';

/** True where one person alone hears the bot. What is for one person alone is said nowhere else. */
export const isPersonal = ({ kind }: { kind: ConversationKind }): boolean => kind === 'personal';

/** A channel is one place: the thread that somebody spoke in is not part of it. */
export const rootConversationId = (conversationId: string): string =>
  conversationId.replace(/;messageid=.*$/, '');
