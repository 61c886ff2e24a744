import { openCustomer } from '../../cards/finished';
import { type SetUpRow, setUpCard } from '../../cards/setUp';
import type { Card, CommandButton } from '../../cards/shared/card';
import { said } from '../../cards/shared/said';
import { agentsServed } from '../../domain/agents/agentsServed';
import { rootConversationId } from '../../domain/conversations/conversationKind';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Customer } from '../../domain/customers/customer';
import {
  checksDone,
  isHybrid,
  nextStep,
  type SetUpStep,
  type SetUpStepId,
  stepBehind,
  stepsOf,
} from '../../domain/customers/setUp';
import { asksAbout } from '../../domain/notifications/audience';
import type { Stored } from '../../domain/ports';
import type { Needs } from '../../domain/stores/core';
import { waitingProposal } from '../../domain/tenants/confirmTenant';
import type { TenantDirectory } from '../../domain/tenants/ports';
import type { CheckOutcome } from '../../domain/tenants/tenantConnection';
import type { TenantProposal } from '../../domain/tenants/tenantProposal';
import { type SetUpFacts, setUpRow, setUpTask } from './setUpRows';
import { runningCard, settledCard } from './showChecks';
import { showProposal } from './showProposal';

export type SetUpDeps = Needs<
  'customers' | 'tenantProposals' | 'agents' | 'subscriptions' | 'links',
  'clock'
> &
  Parameters<typeof showProposal>[0] & { directory: Pick<TenantDirectory, 'syncEvidence'> };

/** Where the card stands, and whose personal chat that is. */
export interface SetUpPlace {
  customerId: string;
  conversationId: string;
  personId?: string;
}

export interface ShownSetUp {
  /** The step that the person opened; by default the next one. */
  open?: SetUpStepId;
  /** The question of a dialog, and the step that it is about. */
  inside?: { step: SetUpStepId; card: Card };
  /** What the last click did, or why it was refused. */
  note?: string;
  problem?: string;
  /** The checks that are done of a test that runs. */
  testing?: CheckOutcome[];
}

/** How far setting up a customer is, as the records say at this moment. */
export async function showSetUp(deps: SetUpDeps, place: SetUpPlace, shown: ShownSetUp = {}): Promise<Card> {
  const customer = await activeCustomer(deps.stores.customers, place.customerId);
  const proposal = await waitingProposal(deps, customer.id);
  const alerts = await isSubscribed(deps, place);
  const hybrid = shown.inside?.step === 'sync' || (await isHybrid(deps, customer.value));
  const steps = stepsOf({ customer: customer.value, hybrid, alerts });
  const next = nextStep(steps);
  const open = shown.inside?.step ?? (steps.some(({ id }) => id === shown.open) ? shown.open : next);
  const asked = proposal?.technician.id === place.personId ? proposal : undefined;
  const openStep = steps.find(({ id }) => id === open);
  const inside = shown.inside?.card ?? (await questionOf(deps, customer, openStep, asked, shown));
  const rows: Rows = {
    steps,
    facts: await factsOf(deps, customer, proposal && waitingFor(place, proposal)),
    ...(open && { open }),
    ...(inside && { inside }),
    asking: shown.inside !== undefined,
  };
  return setUpCard({
    customer: customer.value.name,
    ...(shown.note && { note: shown.note }),
    steps: steps.map((step, index) => rowOf(rows, step, index)),
    done: next === undefined,
    progress: progressOf(steps, next),
    actions: rows.asking ? [] : [openCustomer(customer.id)],
  });
}

/** What Microsoft 365 asks or tells in its step: whether it is the right tenant, how the test goes. */
async function questionOf(
  deps: SetUpDeps,
  customer: Stored<Customer>,
  step: SetUpStep | undefined,
  asked: TenantProposal | undefined,
  { problem, testing }: ShownSetUp,
): Promise<Card | undefined> {
  if (step?.id !== 'microsoft365') return undefined;
  if (asked) return showProposal(deps, customer, asked, problem);
  if (testing) return runningCard(customer.value, testing, true);
  if (step.state === 'working') return runningCard(customer.value, checksDone(customer.value), true);
  return step.state === 'failed' ? settledCard(customer.value, { here: true }) : undefined;
}

interface Rows {
  steps: readonly SetUpStep[];
  facts: SetUpFacts;
  open?: SetUpStepId;
  inside?: Card;
  /** A dialog asks in the open step: the other steps cannot be opened, so that no answer is lost. */
  asking: boolean;
}

function rowOf({ steps, facts, open, inside, asking }: Rows, step: SetUpStep, index: number): SetUpRow {
  const row = setUpRow(step, index, facts);
  const opening = (title: string, id: SetUpStepId): CommandButton => ({
    title,
    command: 'set up',
    args: { customerId: facts.customerId, open: id, here: true },
  });
  if (step.id !== open)
    return asking || step.state === 'upcoming' ? row : { ...row, opens: opening(row.title, step.id) };
  if (asking && inside) return { ...row, open: { details: [], buttons: [], inside } };
  const { details, buttons } = setUpTask(step.id, facts);
  const behind = stepBehind(steps, step.id);
  const skip = step.state === 'done' || !behind ? [] : [opening('Skip', behind)];
  return inside
    ? { ...row, open: { details: [], buttons: skip, inside } }
    : { ...row, open: { details, buttons: [...buttons, ...skip] } };
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
    agents: agents.map(({ value: agent }) => said(agent.machine.name, 64)),
    organizations: links.items.map(({ value: link }) => link.upstream.name),
    ...(waitsFor && { waitsFor }),
  };
}

const waitingFor = ({ personId }: SetUpPlace, { technician }: TenantProposal): string =>
  technician.id === personId ? 'your' : `${technician.name}’s`;

async function isSubscribed(deps: SetUpDeps, { conversationId, customerId }: SetUpPlace): Promise<boolean> {
  const known = await deps.stores.subscriptions.get(rootConversationId(conversationId));
  return known !== undefined && asksAbout(known.value, customerId);
}
