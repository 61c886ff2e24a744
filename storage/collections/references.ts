import { byField, type DefinitionOf } from '../collectionDef';

/** How to reach people, group chats and channels, by person and by kind. */
export const references: DefinitionOf<'references'> = {
  name: 'references',
  ofCustomer: 'nothing',
  keys: byField('personId', 'kind'),
};
