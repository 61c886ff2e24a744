import { showCustomers } from '../views/showCustomers';
import type { Command } from './command';

export const customers: Command = {
  title: 'customers',
  also: ['list customers', 'show customers', 'all customers', 'list'],
  description: 'All customers, with where their directories stand; searchable',
  example: 'customers',
  permission: 'customers.read',
  listed: true,
  run: async (turn, { text }, deps) =>
    turn.say({ card: await showCustomers(deps, turn.actor, { search: text, sort: 'name' }) }),
};
