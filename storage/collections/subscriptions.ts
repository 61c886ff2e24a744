import type { DefinitionOf } from './collectionDef';

/** Who wants to be told what, by conversation. */
export const subscriptions: DefinitionOf<'subscriptions'> = {
  name: 'subscriptions',
  keys: { personId: (subscription) => subscription.personId, scope: (subscription) => subscription.scope },
  unique: {},
};
