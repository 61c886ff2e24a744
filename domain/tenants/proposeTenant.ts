import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { KeyturnError } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { put } from '../stores/change';
import { type Connected, connectTenant } from './connectTenant';
import type { ProposalDeps } from './proposalDeps';
import { MicrosoftRefused } from './refusals/microsoftRefused';
import { ownerRefusal, type TenantRefusal } from './refusals/tenantRefusal';
import type { SignIn } from './signIn/signInFacts';
import { signInLink } from './signIn/signInLink';
import { knownOfCustomer, tenantFit } from './tenantFit';
import { PROPOSAL_MS, type TenantProposal } from './tenantProposal';

type Proposed = Connected | { proposal: TenantProposal } | TenantRefusal;

/**
 * Shows the technician the tenant that a verified sign-in proved: it counts only after they confirm it. Does
 * not ask about a tenant that the customer has already. Returns a refusal and does not throw it; a repeat
 * finds the work of the first request.
 */
export async function proposeTenant(
  deps: ProposalDeps,
  actor: Actor,
  signIn: Stored<SignIn>,
): Promise<Proposed> {
  permit(actor, 'tenants.connect');
  const { createdAt: consentedAt, facts } = signIn.value;
  const { admin, customerId } = facts;
  if (!admin) return { sentence: signInLink.code.noneOpen };
  const refusal = await ownerRefusal(deps, customerId, admin.tenantId);
  if (refusal) return refusal;
  try {
    const customer = await activeCustomer(deps.stores.customers, customerId);
    if (hasTenant(customer.value, admin.tenantId))
      return connectTenant(deps, actor, { id: signIn.id, customerId, admin, consentedAt });
    return { proposal: await propose(deps, actor, signIn.id, { customer, admin, consentedAt }) };
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'notFound') return { sentence: error.sentence };
    throw error;
  }
}

const hasTenant = ({ office365 }: Customer, tenantId: string): boolean =>
  'tenant' in office365 && office365.tenant.tenantId === tenantId;

async function propose(
  deps: ProposalDeps,
  actor: Actor,
  id: string,
  { customer, ...consent }: { customer: Stored<Customer> } & Pick<TenantProposal, 'admin' | 'consentedAt'>,
): Promise<TenantProposal> {
  const { tenantId, username } = consent.admin;
  const known = { id: customer.id, name: customer.value.name };
  const entry = { action: 'tenant.propose', target: known.name, customerId: known.id } as const;
  const said = { ...entry, after: `tenant ${tenantId}, consented by ${username}` };
  return audited(deps, actor, id, said, async () => {
    const proposal: TenantProposal = {
      id,
      customerId: known.id,
      technician: { id: actor.id, name: actor.name },
      ...consent,
      ...(await readDescription(deps, known, tenantId)),
      state: 'waiting',
      expiresAt: deps.clock.now() + PROPOSAL_MS,
    };
    // Replaces an earlier proposal, even one of another technician; an equal proposal stays as it is.
    const asked = await put(deps.stores.tenantProposals, customer.id, (before) =>
      before?.id === id ? before : proposal,
    );
    return asked.value;
  });
}

/**
 * Before the confirmation this is all that we read of a tenant. An older token opens nothing, and the new one
 * is not kept.
 */
export async function readDescription(
  deps: Omit<ProposalDeps, 'audit'>,
  customer: { id: string; name: string },
  tenantId: string,
): Promise<Pick<TenantProposal, 'described' | 'fit'>> {
  deps.directory.forget(tenantId);
  try {
    const described = await deps.directory.describe(tenantId);
    const fit = tenantFit(described, await knownOfCustomer(deps, customer));
    return { described, ...(fit && { fit }) };
  } catch (error) {
    if (error instanceof MicrosoftRefused) return {};
    throw error;
  } finally {
    deps.directory.forget(tenantId);
  }
}
