import { z } from 'zod';
import { openCustomer } from '../cards/finished';
import { nameStepCard } from '../cards/nameStep';
import type { CustomerDeps } from '../domain/customers/addCustomer';
import { activeCustomer } from '../domain/customers/changeCustomer';
import { renameCustomer } from '../domain/customers/renameCustomer';
import { KeyturnError } from '../domain/errors';
import type { DialogDefinition, StepContext, StepResult } from './dialog';
import { ended } from './steps/ended';

interface Values {
  customerId: string;
  before: string;
  name: string;
}

/** Gives a customer another name. */
export function createRenameCustomer(deps: CustomerDeps): DialogDefinition<Values> {
  return {
    id: 'renameCustomer',
    title: 'Rename customer',
    permission: 'customers.write',
    kept: ({ before }) => `${before} keeps its name.`,
    options: z.object({ customerId: z.string().max(100) }),
    async start({ customerId }: { customerId: string }) {
      const { name } = (await activeCustomer(deps.stores.customers, customerId)).value;
      return { go: 'name', values: { customerId, before: name, name } };
    },
    steps: {
      name: {
        answer: z.object({ name: z.string({ message: 'Please type the new name.' }).max(1000) }),
        fromText: (name) => ({ do: 'submit', name }),
        summary: ({ before }) => `${before} was renamed.`,
        async card({ before, name }, shown) {
          const intro = `The new name for ${before}. The old one stays in its history.`;
          return nameStepCard({ ...shown, title: 'Rename customer', intro, name, submit: 'Rename' });
        },
        handle: (answer: { name: string }, values, context) => rename(deps, answer.name, values, context),
      },
    },
  };
}

async function rename(
  deps: CustomerDeps,
  name: string,
  values: Values,
  { actor, requestId }: StepContext,
): Promise<StepResult<Values>> {
  const { customerId, before } = values;
  try {
    const { value } = await renameCustomer(deps, actor, { customerId, name, requestId });
    const summary = `${before} is now called ${value.name}.`;
    return ended(summary, { title: value.name, tone: 'good', actions: [openCustomer(customerId)] });
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'conflict')
      return { stay: error.sentence, values: { ...values, name } };
    throw error;
  }
}
