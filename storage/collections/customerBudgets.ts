import type { CustomerBudget } from '../../domain/agents/spend';
import type { CollectionDef } from './collectionDef';

/** What a customer's agents told lately; gone when all of it is free again. */
export const customerBudgets: CollectionDef<CustomerBudget> = {
  name: 'customerBudgets',
  keys: {},
  unique: {},
  expires: (budget) => budget.expiresAt,
};
