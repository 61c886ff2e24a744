import { showCustomer } from '../views/showCustomer';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const customer = command({
  title: 'customer',
  also: ['show customer', 'open customer', 'open', 'show'],
  description: 'One customer: what needs attention, how it is connected, what changed last',
  example: 'customer Contoso',
  permission: 'customers.read',
  listed: true,
  group: 'daily',
  ...onCustomer(async (turn, customerId, deps) =>
    turn.say({ card: await showCustomer(deps, turn.actor, customerId) }),
  ),
});
