import { z } from 'zod';
import { showCustomers } from '../views/showCustomers';
import { command } from './command';

export const customers = command({
  title: 'customers',
  also: ['list customers', 'show customers', 'all customers', 'list'],
  description: 'All customers: which ones need attention, and a search by name',
  example: 'customers',
  permission: 'customers.read',
  listed: true,
  group: 'daily',
  args: z.object({ search: z.string().max(500).default('') }),
  fromText: async (_turn, search) => ({ args: { search } }),
  run: async (turn, { search }, deps) =>
    turn.say({ card: await showCustomers(deps, turn.actor, { search, sort: 'name' }) }),
});
