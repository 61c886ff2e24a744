import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { nameKeyOf } from '../customers/customerName';
import { conflict, invalidInput, notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import { connectTenant } from './connectTenant';
import type { ProposalDeps } from './proposalDeps';
import { readDescription } from './proposeTenant';
import type { TenantProposal } from './tenantProposal';
import { tenantQuestion } from './tenantQuestion';

/** Which question the person answers, as the card names it; we look the question up again. */
export interface Answer {
  customerId: string;
  proposalId: string;
}

/** What the answered card showed, and what the person typed there. */
export interface AnsweredCard {
  seen?: string;
  typedName?: string;
}

const NOT_WAITING =
  'This question is not open any more: it was answered, replaced or is older than 24 hours. Nothing was changed. Look at the customer, or connect it again.';
const DISCARDED = 'This tenant was discarded. Nothing was changed. Connect the customer again to ask anew.';
const TYPE_NAME =
  'That is not the customer’s name. Nothing was connected. Type the name exactly as it is shown, or discard the tenant.';
const CHANGED =
  'What this question shows has changed since. Nothing was connected. Look at it again, and answer it as it is now.';
const NOT_SEEN = 'The name and the domains of this tenant are not known yet. Look again first.';
const BUSY = 'This question is being answered from somewhere else at this moment. Look again.';

/**
 * The question about this customer that is still open for the technician who asked; undefined for
 * all other people.
 */
export async function waitingProposal(
  deps: Needs<'tenantProposals', 'clock'>,
  customerId: string,
): Promise<TenantProposal | undefined> {
  const value = (await deps.stores.tenantProposals.get(customerId))?.value;
  return value && isOpen(value) && value.expiresAt > deps.clock.now() ? value : undefined;
}

const isOpen = ({ state }: TenantProposal): boolean => state === 'waiting' || state === 'confirmed';

/**
 * Gives the customer the tenant, as `connecting`. `connected` runs next, and a repeat after a crash runs it
 * again. When there is a doubt, the person has to type the customer's name. Throws notAllowed, notFound for
 * anything but this person's open question, invalidInput for a wrong name or for a card that shows old facts,
 * conflict for a tenant that another customer has by now.
 */
export async function confirmTenant(
  deps: ProposalDeps,
  actor: Actor,
  answer: Answer & AnsweredCard,
  connected: (customer: Stored<Customer>) => Promise<void>,
): Promise<Stored<Customer>> {
  const found = await ownProposal(deps, actor, answer);
  if (found.value.state === 'discarded') throw conflict(DISCARDED);
  const customer = await activeCustomer(deps.stores.customers, answer.customerId);
  if (found.value.state === 'connected') return customer;
  if (!found.value.described) throw invalidInput(NOT_SEEN);
  // A confirmed proposal goes on: this is a repeat after a crash.
  if (found.value.state === 'waiting') await checkSeen(deps, customer, found.value, answer);
  const confirmed = await moved(deps, found, 'confirmed');
  const result = await connectTenant(deps, actor, { ...confirmed.value });
  if (!('customer' in result)) {
    await moved(deps, confirmed, 'discarded');
    throw conflict(result.sentence);
  }
  await connected(result.customer);
  await moved(deps, confirmed, 'connected');
  return result.customer;
}

/**
 * Throws invalidInput when the answer was given to older facts, or the name is missing that a doubt asks for.
 */
async function checkSeen(
  deps: ProposalDeps,
  customer: Stored<Customer>,
  proposal: TenantProposal,
  { seen, typedName = '' }: AnsweredCard,
): Promise<void> {
  const question = await tenantQuestion(deps, customer, proposal);
  if (seen !== question.seen) throw invalidInput(CHANGED);
  if (question.doubts.length > 0 && nameKeyOf(typedName) !== customer.value.nameKey)
    throw invalidInput(TYPE_NAME);
}

/** Forgets the tenant; the consent of its administrator stays at Microsoft. Throws as `confirmTenant`. */
export async function discardTenant(
  deps: ProposalDeps,
  actor: Actor,
  answer: Answer,
): Promise<TenantProposal> {
  const found = await ownProposal(deps, actor, answer);
  const { state, admin, id } = found.value;
  if (state === 'discarded') return found.value;
  if (state !== 'waiting') throw conflict(NOT_WAITING);
  const target = (await activeCustomer(deps.stores.customers, answer.customerId)).value.name;
  const entry = { action: 'tenant.discard', target, customerId: answer.customerId } as const;
  return audited(deps, actor, id, { ...entry, before: `tenant ${admin.tenantId}` }, async () => {
    deps.directory.forget(admin.tenantId);
    return (await moved(deps, found, 'discarded')).value;
  });
}

/**
 * Reads the tenant's name and domains again, for a question that could not show them.
 * Throws as `confirmTenant`.
 */
export async function lookAgain(deps: ProposalDeps, actor: Actor, answer: Answer): Promise<TenantProposal> {
  const found = await ownProposal(deps, actor, answer);
  if (found.value.state !== 'waiting') throw notFound(NOT_WAITING);
  const { name } = (await activeCustomer(deps.stores.customers, answer.customerId)).value;
  const seen = await readDescription(deps, { id: answer.customerId, name }, found.value.admin.tenantId);
  const { described: _described, fit: _fit, ...rest } = found.value;
  return (await written(deps, found, { ...rest, ...seen })).value;
}

/** Throws the same for a proposal that is made up, somebody else's, replaced or expired. */
async function ownProposal(
  deps: ProposalDeps,
  actor: Actor,
  { customerId, proposalId }: Answer,
): Promise<Stored<TenantProposal>> {
  permit(actor, 'tenants.connect');
  const found = await deps.stores.tenantProposals.get(customerId);
  const own = found?.value.id === proposalId && found.value.technician.id === actor.id;
  if (!found || !own || found.value.expiresAt <= deps.clock.now()) throw notFound(NOT_WAITING);
  return found;
}

const moved = (
  deps: ProposalDeps,
  found: Stored<TenantProposal>,
  state: TenantProposal['state'],
): Promise<Stored<TenantProposal>> =>
  found.value.state === state ? Promise.resolve(found) : written(deps, found, { ...found.value, state });

/** When two people answer at once, one answer counts and the other person looks again. */
async function written(
  deps: ProposalDeps,
  found: Stored<TenantProposal>,
  value: TenantProposal,
): Promise<Stored<TenantProposal>> {
  const answered = await unlessChanged(deps.stores.tenantProposals.replace(found, value));
  if (!answered) throw conflict(BUSY);
  return answered;
}
