import { customer as named } from '../understanding/takers/customer';
import { showCustomer } from '../views/showCustomer';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const customer = command({
  title: 'customer',
  description: 'One customer: what needs attention, and what changed last',
  example: 'customer Contoso',
  permission: 'customers.read',
  listed: true,
  group: 'daily',
  forms: { customer: { takes: named } },
  ...onCustomer(async (turn, customerId, deps) =>
    turn.say({ card: await showCustomer(deps, turn.actor, customerId) }),
  ),
});
