import { customer } from '../understanding/takers/customer';
import { showAgents } from '../views/showAgents';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const agents = command({
  title: 'agents',
  description: 'The Active Directory agents of a customer, and how they are',
  example: 'agents Contoso',
  permission: 'customers.read',
  listed: false,
  group: 'daily',
  forms: { agents: { takes: customer } },
  ...onCustomer(async (turn, customerId, deps) => {
    turn.say({ card: await showAgents(deps, turn.actor, customerId) });
  }),
});
