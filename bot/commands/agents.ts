import { showAgents } from '../views/showAgents';
import type { Command } from './command';
import { onCustomer } from './onCustomer';

export const agents: Command = {
  title: 'agents',
  also: ['show agents', 'active directory agents'],
  description: 'The Active Directory agents of a customer, and how they are',
  example: 'agents Contoso',
  permission: 'customers.read',
  listed: 'inHelp',
  run: onCustomer(async (turn, customerId, deps) => {
    turn.say({ card: await showAgents(deps, turn.actor, customerId) });
  }),
};
