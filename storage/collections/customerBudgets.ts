import type { DefinitionOf } from '../collectionDef';

/** What a customer's agents reported lately. Expires when the whole budget is free again. */
export const customerBudgets: DefinitionOf<'customerBudgets'> = {
  name: 'customerBudgets',
  ofCustomer: 'id',
  expires: (budget) => budget.expiresAt,
};
