import { z } from 'zod';
import { removeStepCard } from '../cards/removeStep';
import type { CustomerDeps } from '../domain/customers/addCustomer';
import { activeCustomer } from '../domain/customers/changeCustomer';
import { notUndoneByRemoving, RESTORE_DAYS, removeCustomer } from '../domain/customers/removeCustomer';
import type { DialogDefinition } from './dialog';
import { ended } from './steps/ended';

interface Values {
  customerId: string;
  name: string;
  notUndone: string[];
}

/** Removes a customer after the person typed its name. It can be restored for a month. */
export function createRemoveCustomer(deps: CustomerDeps): DialogDefinition<Values> {
  return {
    id: 'removeCustomer',
    title: 'Remove customer',
    permission: 'customers.remove',
    kept: ({ name }) => `${name} was not removed.`,
    options: z.object({ customerId: z.string().max(100) }),
    async start({ customerId }: { customerId: string }) {
      const { value } = await activeCustomer(deps.stores.customers, customerId);
      return {
        go: 'confirm',
        values: { customerId, name: value.name, notUndone: notUndoneByRemoving(value) },
      };
    },
    steps: {
      confirm: {
        answer: z.object({
          name: z.string({ message: 'Type the customer’s name to remove it, or cancel.' }).max(1000),
        }),
        fromText: (name) => ({ do: 'submit', name }),
        async card({ name, notUndone }, shown) {
          return removeStepCard({ ...shown, customer: name, notUndone, days: RESTORE_DAYS });
        },
        async handle(answer: { name: string }, { customerId, notUndone }, { actor, requestId }) {
          const request = { customerId, typedName: answer.name, requestId };
          const { value } = await removeCustomer(deps, actor, request);
          const summary = `${value.name} was removed.`;
          const lines = [summary, `An admin can bring it back for ${RESTORE_DAYS} days.`, ...notUndone];
          const actions = [{ title: 'Restore', command: 'restore customer', args: { customerId } }];
          return ended(summary, { title: value.name, lines, tone: 'neutral', actions });
        },
      },
    },
  };
}
