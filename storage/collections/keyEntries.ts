import type { KeyEntry } from '../../domain/integrations/integration';
import type { CollectionDef } from './collectionDef';

/** An expired attempt can neither be continued nor found, and its sealed key goes with it. */
export const keyEntries: CollectionDef<KeyEntry> = {
  name: 'keyEntries',
  keys: { conversationKey: (entry) => entry.conversationKey },
  unique: {},
  expires: (entry) => entry.expiresAt,
};
