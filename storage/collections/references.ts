import type { DefinitionOf } from './collectionDef';

/** Where people, group chats and channels can be reached, by person and by kind. */
export const references: DefinitionOf<'references'> = {
  name: 'references',
  ofCustomer: 'nothing',
  keys: {
    personId: (record) => record.personId,
    kind: (record) => record.kind,
  },
  unique: {},
};
