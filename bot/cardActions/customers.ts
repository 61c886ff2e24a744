import { z } from 'zod';
import { STANDINGS } from '../../domain/customers/standing';
import { showCustomers } from '../views/showCustomers';
import { cardAction } from './cardAction';

/** Search, sort and paging, on the list card itself. */
export const customers = cardAction({
  verb: 'customers',
  permission: 'customers.read',
  schema: z.object({
    search: z.string().max(500).default(''),
    standing: z.enum(STANDINGS).optional().catch(undefined),
    sort: z.enum(['name', 'changed']).catch('name'),
    page: z.string().max(20_000).default(''),
  }),
  async handle(turn, { standing, ...data }, deps) {
    turn.replace(await showCustomers(deps, turn.actor, { ...data, ...(standing && { standing }) }));
  },
});
