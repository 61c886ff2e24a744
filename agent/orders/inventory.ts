import { VERBS } from '../../domain/agentProtocol/verbs';
import { orderDoer } from './orderDoer';

/** `tellUsers`: tells the bot all users, and how many there were. */
export const inventoryOrder = (tellUsers: () => Promise<number>) =>
  orderDoer(VERBS.inventory, async () => ({ finding: `${await tellUsers()} users were told.` }));
