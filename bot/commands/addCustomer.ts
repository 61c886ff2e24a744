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
  forms: {
    'add customer': { takes: newNameAs('name') },
    add: { takes: newNameAs('proposed') },
  },
  args: z.object({
    name: z.string().max(500).default(''),
    /** A name that was said without the word customer: the person looks at it before it is saved. */
    proposed: z.string().max(500).default(''),
  }),
  run: (turn, said, deps) => deps.dialogs.start(turn.context, 'addCustomer', said),
});
