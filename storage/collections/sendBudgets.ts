import type { SendBudget } from '../../domain/notifications/notification';
import type { CollectionDef } from './collectionDef';

/** Short-lived counts of what was sent where. */
export const sendBudgets: CollectionDef<SendBudget> = {
  name: 'sendBudgets',
  keys: {},
  unique: {},
  expires: (budget) => budget.expiresAt,
};
