import type { DefinitionOf } from '../collectionDef';

/** Short-lived counts of recent sends, by conversation and tenant. */
export const sendBudgets: DefinitionOf<'sendBudgets'> = {
  name: 'sendBudgets',
  ofCustomer: 'nothing',
  expires: (budget) => budget.expiresAt,
};
