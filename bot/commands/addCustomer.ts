import { z } from 'zod';
import { newNameAs } from '../understanding/takers/text';
import { command } from './command';

export const addCustomer = command({
  title: 'add customer',
  description: 'Add a company and connect its Active Directory or Microsoft 365',
  example: 'add customer Contoso',
  permission: 'customers.write',
  listed: true,
  group: 'setUp',
  forms: { 'add customer': { takes: newNameAs('name') } },
  args: z.object({ name: z.string().max(500).default('') }),
  run: (turn, { name }, deps) => deps.dialogs.start(turn.context, 'addCustomer', { name }),
});
