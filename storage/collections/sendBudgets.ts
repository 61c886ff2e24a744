import type { DefinitionOf } from './collectionDef';

/** Short-lived counts of what was sent where. */
export const sendBudgets: DefinitionOf<'sendBudgets'> = {
  name: 'sendBudgets',
  keys: {},
  unique: {},
  expires: (budget) => budget.expiresAt,
};
