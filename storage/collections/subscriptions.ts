import { byField, type DefinitionOf } from '../collectionDef';

/** Which kinds of notices each conversation wants. */
export const subscriptions: DefinitionOf<'subscriptions'> = {
  name: 'subscriptions',
  ofCustomer: {
    without({ customers, except, ...rest }, customerId) {
      const others = (ids: readonly string[]) => ids.filter((id) => id !== customerId);
      if (customers !== 'all')
        return customers.includes(customerId) ? { ...rest, customers: others(customers) } : undefined;
      return except?.includes(customerId) ? { ...rest, customers, except: others(except) } : undefined;
    },
  },
  keys: byField('personId', 'scope'),
};
