import type { DefinitionOf } from './collectionDef';

/** An expired attempt can neither be continued nor found. Its sealed key expires with it. */
export const keyEntries: DefinitionOf<'keyEntries'> = {
  name: 'keyEntries',
  ofCustomer: 'nothing',
  keys: { conversationKey: (entry) => entry.conversationKey },
  unique: {},
  expires: (entry) => entry.expiresAt,
};
