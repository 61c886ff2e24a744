import { z } from 'zod';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import { customer } from '../understanding/takers/customer';
import { showAgents } from '../views/showAgents';
import { command } from './command';

export const agents = command({
  title: 'agents',
  description: 'The Active Directory agents of a customer, and their state',
  example: 'agents Contoso',
  permission: 'customers.read',
  listed: false,
  group: 'daily',
  forms: { agents: { takes: customer } },
  args: z.object({ customerId: z.string().max(100), page: z.number().int().min(0).optional() }),
  async run(turn, { customerId, page = 0 }, deps) {
    const { id } = await activeCustomer(deps.stores.customers, customerId);
    turn.say({ card: await showAgents(deps, turn.actor, id, { page }) });
  },
});
