import { z } from 'zod';
import { customerToName } from '../understanding/takers/customerToName';
import { command } from './command';

export const renameCustomer = command({
  title: 'rename customer',
  description: 'Give a customer another name; the old one stays in its history',
  example: 'rename customer Contoso',
  permission: 'customers.write',
  listed: true,
  group: 'setUp',
  forms: { 'rename customer': { takes: customerToName } },
  args: z.object({ customerId: z.string().max(100), name: z.string().max(500).optional() }),
  run: (turn, args, deps) => deps.dialogs.start(turn.context, 'renameCustomer', args),
});
