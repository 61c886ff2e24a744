import { type SetUpRow, setUpCard } from '../../cards/setUp';
import type { Card, CommandButton } from '../../cards/shared/card';
import { agentsServed } from '../../domain/agents/agentsServed';
import { rootConversationId } from '../../domain/conversations/conversationKind';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Customer } from '../../domain/customers/customer';
import {
  isHybrid,
  nextStep,
  type SetUpStep,
  type SetUpStepId,
  stepBehind,
  stepsOf,
} from '../../domain/customers/setUp';
import type { Stored } from '../../domain/ports';
import type { Needs } from '../../domain/stores/core';
import { waitingProposal } from '../../domain/tenants/confirmTenant';
import type { TenantDirectory } from '../../domain/tenants/ports';
import type { TenantProposal } from '../../domain/tenants/tenantProposal';
import { type SetUpFacts, setUpRow, setUpTask } from './setUpRows';
import { showProposal } from './showProposal';

type SetUpDeps = Needs<'customers' | 'tenantProposals' | 'agents' | 'subscriptions' | 'links', 'clock'> &
  Parameters<typeof showProposal>[0] & { directory: Pick<TenantDirectory, 'syncEvidence'> };

/** Where the card stands, and whose personal chat that is. */
export interface SetUpPlace {
  customerId: string;
  conversationId: string;
  personId?: string;
}

interface Shown {
  /** The step that the person opened; by default the next one. */
  open?: SetUpStepId;
  /** What the last click did, or why it was refused. */
  note?: string;
  problem?: string;
}

/** How far setting up a customer is, as the records say at this moment. */
export async function showSetUp(deps: SetUpDeps, place: SetUpPlace, shown: Shown = {}): Promise<Card> {
  const customer = await activeCustomer(deps.stores.customers, place.customerId);
  const proposal = await waitingProposal(deps, customer.id);
  const facts = await factsOf(deps, customer, proposal && waitingFor(place, proposal));
  const alerts = await isSubscribed(deps, place);
  const hybrid = await isHybrid(deps, customer.value);
  const steps = stepsOf({ customer: customer.value, hybrid, alerts });
  const next = nextStep(steps);
  const open = steps.some(({ id }) => id === shown.open) ? shown.open : next;
  const asked = proposal?.technician.id === place.personId ? proposal : undefined;
  const inside =
    open === 'microsoft365' && asked ? await showProposal(deps, customer, asked, shown.problem) : undefined;
  return setUpCard({
    customer: customer.value.name,
    ...(shown.note && { note: shown.note }),
    steps: steps.map((step, index) => rowOf(step, index, steps, facts, open, inside)),
    done: next === undefined,
    progress: progressOf(steps, next),
    actions: [{ title: 'Open customer', command: 'customer', args: { customerId: customer.id } }],
  });
}

function rowOf(
  step: SetUpStep,
  index: number,
  steps: readonly SetUpStep[],
  facts: SetUpFacts,
  open: SetUpStepId | undefined,
  inside: Card | undefined,
): SetUpRow {
  const row = setUpRow(step, index, facts);
  const opening = (title: string, id: SetUpStepId): CommandButton => ({
    title,
    command: 'set up',
    args: { customerId: facts.customerId, open: id, here: true },
  });
  if (step.id !== open)
    return step.state === 'upcoming' ? row : { ...row, opens: opening(row.title, step.id) };
  if (inside) return { ...row, open: { details: [], buttons: [], inside } };
  const { details, buttons } = setUpTask(step.id, facts);
  const behind = stepBehind(steps, step.id);
  const skip = step.state === 'done' || !behind ? [] : [opening('Skip', behind)];
  return { ...row, open: { details, buttons: [...buttons, ...skip] } };
}

function progressOf(steps: readonly SetUpStep[], next: SetUpStepId | undefined): string {
  const needed = steps.filter(({ state }) => state !== 'optional');
  const done = needed.filter(({ state }) => state === 'done').length;
  return next === undefined ? 'Nothing is left to do.' : `${done} of ${needed.length} steps done`;
}

async function factsOf(
  deps: SetUpDeps,
  { id, value }: Stored<Customer>,
  waitsFor: string | undefined,
): Promise<SetUpFacts> {
  const [agents, links] = await Promise.all([
    agentsServed(deps, id),
    deps.stores.links.list({ where: { customerId: id }, limit: 3 }),
  ]);
  return {
    customerId: id,
    customer: value,
    agents: agents.map(({ value: agent }) => agent.machine.name),
    organizations: links.items.map(({ value: link }) => link.upstream.name),
    ...(waitsFor && { waitsFor }),
  };
}

const waitingFor = ({ personId }: SetUpPlace, { technician }: TenantProposal): string =>
  technician.id === personId ? 'your' : `${technician.name}’s`;

async function isSubscribed(deps: SetUpDeps, { conversationId, customerId }: SetUpPlace): Promise<boolean> {
  const known = await deps.stores.subscriptions.get(rootConversationId(conversationId));
  const customers = known?.value.customers;
  return customers === 'all' || (customers?.includes(customerId) ?? false);
}
