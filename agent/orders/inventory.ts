import { VERBS } from '../../domain/agentProtocol/verbs';
import { orderDoer } from './orderDoer';

/** `tellUsers` sends all users to the bot and returns their number. */
export const inventoryOrder = (tellUsers: () => Promise<number>) =>
  orderDoer(VERBS.inventory, async () => ({ finding: `${await tellUsers()} users were reported.` }));
