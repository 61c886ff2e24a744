import { showCustomer } from '../views/showCustomer';
import type { Command } from './command';
import { onCustomer } from './onCustomer';

export const customer: Command = {
  title: 'customer',
  also: ['show customer', 'open customer', 'open', 'show'],
  description: 'One customer: its sources, its tenant, how it syncs, what changed',
  example: 'customer Contoso',
  permission: 'customers.read',
  listed: true,
  run: onCustomer(async (turn, customerId, deps) =>
    turn.say({ card: await showCustomer(deps, turn.actor, customerId) }),
  ),
};
