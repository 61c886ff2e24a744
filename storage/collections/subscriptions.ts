import { byField, type DefinitionOf } from '../collectionDef';

/** Which kinds of notices each conversation wants. */
export const subscriptions: DefinitionOf<'subscriptions'> = {
  name: 'subscriptions',
  ofCustomer: {
    without: ({ customers, ...rest }, customerId) =>
      customers !== 'all' && customers.includes(customerId)
        ? { ...rest, customers: customers.filter((id) => id !== customerId) }
        : undefined,
  },
  keys: byField('personId', 'scope'),
};
