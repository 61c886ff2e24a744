import { z } from 'zod';
import { textAs } from '../understanding/takers/text';
import { showCustomers } from '../views/showCustomers';
import { command } from './command';

export const customers = command({
  title: 'customers',
  description: 'All customers: which ones need attention, and a search by name',
  example: 'customers',
  permission: 'customers.read',
  listed: true,
  group: 'daily',
  forms: { customers: { takes: textAs('search') } },
  args: z.object({ search: z.string().max(500).default('') }),
  run: async (turn, { search }, deps) =>
    turn.say({ card: await showCustomers(deps, turn.actor, { search, sort: 'name' }) }),
});
