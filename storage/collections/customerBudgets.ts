import type { DefinitionOf } from './collectionDef';

/** What a customer's agents told lately; gone when all of it is free again. */
export const customerBudgets: DefinitionOf<'customerBudgets'> = {
  name: 'customerBudgets',
  ofCustomer: 'id',
  keys: {},
  unique: {},
  expires: (budget) => budget.expiresAt,
};
