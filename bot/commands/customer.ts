import { showCustomer } from '../views/showCustomer';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const customer = command({
  title: 'customer',
  also: ['show customer', 'open customer', 'open', 'show'],
  description: 'One customer: its sources, its tenant, how it syncs, what changed',
  example: 'customer Contoso',
  permission: 'customers.read',
  listed: true,
  ...onCustomer(async (turn, customerId, deps) =>
    turn.say({ card: await showCustomer(deps, turn.actor, customerId) }),
  ),
});
