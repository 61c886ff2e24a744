import { z } from 'zod';
import { choiceStepCard } from '../cards/choiceStep';
import { openCustomer } from '../cards/finished';
import { nameStepCard } from '../cards/nameStep';
import { addCustomer, findByName, SOURCES, type Sources } from '../domain/customers/addCustomer';
import { activeCustomer } from '../domain/customers/changeCustomer';
import { chooseSources } from '../domain/customers/chooseSources';
import type { Customer } from '../domain/customers/customer';
import { parseCustomerName } from '../domain/customers/customerName';
import { searchOrganizations } from '../domain/organizations/searchOrganizations';
import type { Stored } from '../domain/ports';
import type { DialogDefinition, Step, StepContext, StepResult } from './dialog';
import { ended } from './steps/ended';
import {
  linkPicked,
  type OrganizationStepDeps,
  type OrganizationValues,
  organizationStep,
} from './steps/organization';

interface Values extends OrganizationValues {
  /** Known when the person returns from connecting the customer that this dialog added. */
  customerId?: string;
}

const CHOICES: { value: Sources; title: string; detail: string }[] = [
  {
    value: 'activeDirectory',
    title: 'Active Directory',
    detail: 'a domain controller of the customer, through our agent',
  },
  { value: 'office365', title: 'Office 365', detail: 'the customer’s tenant in Microsoft’s cloud' },
  { value: 'both', title: 'Both', detail: 'a hybrid customer; you choose next how it syncs' },
  { value: 'later', title: 'Decide later', detail: 'just add the customer' },
];
const TITLE = 'Add customer';

/**
 * Adds a customer: its name, perhaps its organization upstream, then its sources, and then directly the
 * chosen next dialog. The customer is created at the second answer.
 */
export function createAddCustomer(deps: OrganizationStepDeps): DialogDefinition<Values> {
  return {
    id: 'addCustomer',
    title: TITLE,
    permission: 'customers.write',
    kept: ({ name, customerId }) => (customerId ? `${name} is kept as it is.` : 'Nothing was added.'),
    options: z.object({
      name: z.string().max(500).catch('').default(''),
      customerId: z.string().max(100).optional(),
    }),
    async start({ name, customerId }: { name: string; customerId?: string }) {
      if (!customerId) return { go: 'name', values: { name } };
      const { value } = await activeCustomer(deps.stores.customers, customerId);
      return { go: 'sources', values: { name: value.name, customerId } };
    },
    steps: {
      name: nameStep(deps),
      organization: organizationStep(deps, (values) => toSources(deps, values), alreadyThere),
      sources: sourcesStep(deps),
    },
  };
}

function nameStep(deps: OrganizationStepDeps): Step<Values> {
  return {
    answer: z.object({ name: z.string({ message: 'Please type the customer’s name.' }).max(1000) }),
    fromText: (name) => ({ do: 'submit', name }),
    summary: ({ name }) => `Name: ${name}`,
    async card({ name }, shown) {
      const intro = 'The company’s name, as your team calls it.';
      return nameStepCard({ ...shown, title: TITLE, intro, name: name.slice(0, 100), submit: 'Next' });
    },
    async handle(answer: { name: string }, _values, { actor }: StepContext): Promise<StepResult<Values>> {
      const name = parseCustomerName(answer.name);
      const known = await findByName(deps.stores.customers, name);
      if (known) return alreadyThere(known);
      const { found, linked } = await searchOrganizations(deps, actor, name);
      return found.length > 0
        ? { go: 'organization', values: { name, linked, found: found.slice(0, OFFERED) } }
        : { go: 'sources', values: { name } };
    },
  };
}

/** As many organizations as a card can show. */
const OFFERED = 6;

async function toSources(deps: OrganizationStepDeps, values: Values): Promise<StepResult<Values>> {
  const known = await findByName(deps.stores.customers, values.name);
  return known ? alreadyThere(known) : { go: 'sources', values };
}

function sourcesStep(deps: OrganizationStepDeps): Step<Values> {
  return {
    answer: z.object({ choice: z.enum(SOURCES, { message: 'Please choose one of the four.' }) }),
    summary: ({ name }) => `${name} was added.`,
    async card({ name, customerId }, shown) {
      const intro = `What shall Keyturn look after for ${name}?`;
      const submit = customerId ? 'Next' : 'Add customer';
      return choiceStepCard({ ...shown, title: TITLE, intro, choices: CHOICES, submit });
    },
    async handle({ choice }: { choice: Sources }, { name, customerId, organization }, context: StepContext) {
      const { actor, requestId } = context;
      if (customerId) {
        const wanted = {
          activeDirectory: has(choice, 'activeDirectory'),
          office365: has(choice, 'office365'),
        };
        const chosen = await chooseSources(deps, actor, { customerId, wanted, requestId });
        return settled(chosen, choice, `${chosen.value.name} is kept, with what you chose now.`);
      }
      const { customer, existing } = await addCustomer(deps, actor, { name, sources: choice, requestId });
      if (existing) return alreadyThere(customer);
      const linked = await linkPicked(deps, context, customer.id, organization);
      return settled(customer, choice, [`${customer.value.name} was added.`, ...linked].join(' '));
    },
  };
}

const has = (choice: Sources, source: Sources): boolean => choice === source || choice === 'both';

/** Goes directly to the chosen next dialog. */
function settled(customer: Stored<Customer>, choice: Sources, summary: string): StepResult<Values> {
  const { id: customerId, value } = customer;
  const lines = [summary, ...(has(choice, 'activeDirectory') ? [AGENT_NEXT] : [])];
  const then = { dialog: 'connectTenant', options: { customerId, added: true } };
  return {
    ...ended(summary, { title: value.name, lines, tone: 'good', actions: [openCustomer(customerId)] }),
    ...(has(choice, 'office365') && { then }),
  };
}

const AGENT_NEXT =
  'Active Directory: noted. Installing the agent on a domain controller comes next; until then the customer’s card shows it as waiting.';

function alreadyThere({ id: customerId, value }: Stored<Customer>): StepResult<Values> {
  const summary = `${value.name} is a customer already. Nothing was added.`;
  return ended(summary, { title: value.name, tone: 'neutral', actions: [openCustomer(customerId)] });
}
