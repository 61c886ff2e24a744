import { z } from 'zod';
import { command } from './command';

export const addCustomer = command({
  title: 'add customer',
  also: ['new customer', 'create customer', 'add a customer', 'add', 'new'],
  description: 'Add a company and connect its Active Directory or Office 365',
  example: 'add customer Contoso',
  permission: 'customers.write',
  listed: true,
  group: 'setUp',
  args: z.object({ name: z.string().max(500).default('') }),
  fromText: async (_turn, name) => ({ args: { name } }),
  run: (turn, { name }, deps) => deps.dialogs.start(turn.context, 'addCustomer', { name }),
});
