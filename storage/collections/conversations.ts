import type { ConversationState } from '../../domain/conversations/conversationState';
import type { CollectionDef } from './collectionDef';

/** Due when its replies were decided and not sent in time: another instance then sends them. */
export const conversations: CollectionDef<ConversationState> = {
  name: 'conversations',
  keys: {},
  unique: {},
  due: ({ pending }) => (pending.length > 0 ? Math.min(...pending.map((batch) => batch.dueAt)) : undefined),
};
