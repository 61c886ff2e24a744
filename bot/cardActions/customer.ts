import { z } from 'zod';
import { showCustomer } from '../views/showCustomer';
import { cardAction } from './cardAction';

/** Opens a customer from the list. */
export const customer = cardAction({
  verb: 'customer',
  permission: 'customers.read',
  schema: z.object({ customerId: z.string().max(100) }),
  async handle(turn, { customerId }, deps) {
    turn.say({ card: await showCustomer(deps, turn.actor, customerId) });
  },
});
