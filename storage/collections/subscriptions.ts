import type { Subscription } from '../../domain/notifications/notification';
import type { CollectionDef } from './collectionDef';

/** Who wants to be told what, by conversation. */
export const subscriptions: CollectionDef<Subscription> = {
  name: 'subscriptions',
  keys: { personId: (subscription) => subscription.personId, scope: (subscription) => subscription.scope },
  unique: {},
};
