import type { Customer } from '../customers/customer';
import { hashOf } from '../links/oneTime';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { knownOfCustomer, tenantFit } from './tenantFit';
import { doubtsOf, type TenantProposal } from './tenantProposal';

/** The question whether a tenant is the customer's, as it stands now. */
export interface TenantQuestion {
  customer: Customer;
  proposal: TenantProposal;
  doubts: string[];
  /** Stands for all that the question shows: an answer counts only for what the person saw. */
  seen: string;
}

/**
 * Looks again at what fits: the customer may have got another name or an agent since. Asks nothing outside.
 */
export async function tenantQuestion(
  deps: Needs<'links' | 'agents' | 'directoryAccounts'>,
  { id, value: customer }: Stored<Customer>,
  asked: TenantProposal,
): Promise<TenantQuestion> {
  const { fit: _then, ...rest } = asked;
  const { described, admin } = asked;
  const fit = described && tenantFit(described, await knownOfCustomer(deps, { id, name: customer.name }));
  const proposal: TenantProposal = { ...rest, ...(fit && { fit }) };
  const doubts = doubtsOf(customer, proposal);
  const shown = [asked.id, customer.name, admin, described ?? '', fit ?? '', doubts];
  return { customer, proposal, doubts, seen: hashOf(JSON.stringify(shown)) };
}
