import { z } from 'zod';
import { openCustomer } from '../cards/finished';
import { nameStepCard } from '../cards/nameStep';
import type { Card } from '../cards/shared/card';
import { counted } from '../cards/shared/format';
import { addCustomer, findByName } from '../domain/customers/addCustomer';
import type { Customer } from '../domain/customers/customer';
import { parseCustomerName } from '../domain/customers/customerName';
import { KeyturnError } from '../domain/errors';
import { searchOrganizations } from '../domain/organizations/searchOrganizations';
import type { Stored } from '../domain/ports';
import type { DialogDefinition, Step, StepContext, StepResult } from './dialog';
import { ended } from './steps/ended';
import { type OrganizationStepDeps, type OrganizationValues, organizationStep } from './steps/organization';

/** `customerId`: known from the moment at which the customer was added. */
type Values = Pick<OrganizationValues, 'name'> & Partial<OrganizationValues>;

export interface AddCustomerDeps extends OrganizationStepDeps {
  /** The card on which the customer is set up further. */
  setUpCard(context: StepContext, customerId: string, note: string): Promise<Card>;
}

const TITLE = 'Add customer';

const typed = z.string().max(500).catch('').default('');

/**
 * Adds a customer as soon as its name is said (a `proposed` name stands in the field and waits for Save),
 * asks for its organization upstream when there is a similar one, and leads to the card on which it is set
 * up. Whatever is cancelled after the name, the customer stays.
 */
export function createAddCustomer(deps: AddCustomerDeps): DialogDefinition<Values> {
  return {
    id: 'addCustomer',
    title: TITLE,
    permission: 'customers.write',
    kept: ({ name, customerId }) =>
      customerId ? `${name} is added, and not linked to an organization.` : 'Nothing was added.',
    options: z.object({ name: typed, proposed: typed }),
    async start({ name, proposed }: { name: string; proposed: string }, context) {
      if (!name.trim()) return { go: 'name', values: { name: proposed.trim() } };
      try {
        return await added(deps, name, context);
      } catch (error) {
        if (!(error instanceof KeyturnError) || error.code !== 'invalidInput') throw error;
        return { go: 'name', values: { name }, problem: error.sentence };
      }
    },
    steps: {
      name: nameStep(deps),
      organization: organizationStep(deps, (context, { customerId, name }, outcome) =>
        atSetUp(deps, context, customerId, [`${name} was added.`, outcome]),
      ) as Step<Values>,
    },
  };
}

function nameStep(deps: AddCustomerDeps): Step<Values> {
  return {
    answer: z.object({ name: z.string({ message: 'Type the customer’s name.' }).max(1000) }),
    fromText: (name) => ({ do: 'submit', name }),
    async card({ name }, shown) {
      const intro = 'The company’s name, as your team says it.';
      return nameStepCard({ ...shown, title: TITLE, intro, name: name.slice(0, 100), submit: 'Save' });
    },
    async handle({ name }: { name: string }, _values, context): Promise<StepResult<Values>> {
      try {
        return await added(deps, name, context);
      } catch (error) {
        if (!(error instanceof KeyturnError) || error.code !== 'invalidInput') throw error;
        return { stay: error.sentence, values: { name } };
      }
    },
  };
}

/** As many organizations as a card can show. */
const OFFERED = 6;

async function added(
  deps: AddCustomerDeps,
  typed: string,
  context: StepContext,
): Promise<StepResult<Values>> {
  const { actor, requestId } = context;
  const name = parseCustomerName(typed);
  const known = await findByName(deps.stores.customers, name);
  if (known && known.value.createdByRequest !== requestId) return alreadyThere(known);
  const { customer, existing } = await addCustomer(deps, actor, { name, requestId });
  if (existing) return alreadyThere(customer);
  const { found, linked } = await searchOrganizations(deps, actor, name);
  if (found.length === 0)
    return atSetUp(deps, context, customer.id, [`${name} was added.`, linkedAlready(linked)]);
  const values = { name, customerId: customer.id, found: found.slice(0, OFFERED), linked };
  return { go: 'organization', values, noBack: true };
}

const linkedAlready = (linked: number): string =>
  linked > 0
    ? `${counted(linked, 'organization')} of that name already ${linked === 1 ? 'has' : 'have'} a customer.`
    : '';

async function atSetUp(
  { setUpCard }: AddCustomerDeps,
  context: StepContext,
  customerId: string,
  said: readonly string[],
): Promise<Extract<StepResult<Values>, { end: unknown }>> {
  const summary = said.filter(Boolean).join(' ');
  return { end: [{ card: await setUpCard(context, customerId, summary) }], summary };
}

function alreadyThere({ id: customerId, value }: Stored<Customer>): StepResult<Values> {
  const summary = `${value.name} is a customer already. Nothing was added.`;
  const actions = [openCustomer(customerId), { title: 'Set up', command: 'set up', args: { customerId } }];
  return ended(summary, { title: value.name, tone: 'neutral', actions });
}
