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
    options: z.object({ customerId: z.string().max(100), name: z.string().max(500).optional() }),
    async start({ customerId, name }: { customerId: string; name?: string }, context) {
      const before = (await activeCustomer(deps.stores.customers, customerId)).value.name;
      if (!name) return { go: 'name', values: { customerId, before, name: before } };
      return asked(deps, { customerId, before, name }, context);
    },
    steps: {
      name: {
        answer: z.object({ name: z.string({ message: 'Please type the new name.' }).max(1000) }),
        fromText: (name) => ({ do: 'submit', name }),
        async card({ before, name }, shown) {
          const intro = `The new name for ${before}. The old one stays in its history.`;
          return nameStepCard({ ...shown, title: 'Rename customer', intro, name, submit: 'Rename' });
        },
        handle: (answer: { name: string }, values, context) => rename(deps, answer.name, values, context),
      },
    },
  };
}

/** The new name came with the command. One that cannot be used is asked for, with the reason. */
async function asked(deps: CustomerDeps, values: Values, context: StepContext): Promise<StepResult<Values>> {
  const again = (sentence: string) => ({ go: 'name', values, problem: sentence });
  try {
    const result = await rename(deps, values.name, values, context);
    return 'stay' in result ? again(result.stay) : result;
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'invalidInput') return again(error.sentence);
    throw error;
  }
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
