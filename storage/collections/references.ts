import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import type { CollectionDef } from './collectionDef';

/** Where people, group chats and channels can be reached, by person and by kind. */
export const references: CollectionDef<ConversationReferenceRecord> = {
  name: 'references',
  keys: {
    personId: (record) => record.personId,
    kind: (record) => record.kind,
  },
  unique: {},
};
