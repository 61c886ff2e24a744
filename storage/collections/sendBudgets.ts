import type { DefinitionOf } from './collectionDef';

/** Short-lived counts of what was sent where. */
export const sendBudgets: DefinitionOf<'sendBudgets'> = {
  name: 'sendBudgets',
  ofCustomer: 'nothing',
  keys: {},
  unique: {},
  expires: (budget) => budget.expiresAt,
};
