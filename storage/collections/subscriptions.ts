import type { DefinitionOf } from './collectionDef';

/** Who wants to be told what, by conversation. */
export const subscriptions: DefinitionOf<'subscriptions'> = {
  name: 'subscriptions',
  ofCustomer: {
    without: ({ customers, ...rest }, customerId) =>
      customers !== 'all' && customers.includes(customerId)
        ? { ...rest, customers: customers.filter((id) => id !== customerId) }
        : undefined,
  },
  keys: { personId: (subscription) => subscription.personId, scope: (subscription) => subscription.scope },
  unique: {},
};
