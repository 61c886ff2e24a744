import { confirmTenantCard } from '../../cards/confirmTenant';
import type { Card } from '../../cards/shared/card';
import { said } from '../../cards/shared/said';
import type { Customer } from '../../domain/customers/customer';
import type { Stored } from '../../domain/ports';
import type { TenantProposal } from '../../domain/tenants/tenantProposal';
import { tenantQuestion } from '../../domain/tenants/tenantQuestion';

/** The current form of the question whether a tenant is the customer's. */
export async function showProposal(
  deps: Parameters<typeof tenantQuestion>[0],
  asked: Stored<Customer>,
  asking: TenantProposal,
  problem?: string,
): Promise<Card> {
  const { customer, proposal, doubts, seen } = await tenantQuestion(deps, asked, asking);
  const { admin, described, fit = '', expiresAt } = proposal;
  return confirmTenantCard({
    customerId: proposal.customerId,
    proposalId: proposal.id,
    seen,
    customer: customer.name,
    ...(described && { described: { ...described, displayName: said(described.displayName) } }),
    tenantId: admin.tenantId,
    account: { name: said(admin.name), username: said(admin.username) },
    fit,
    doubts,
    until: expiresAt,
    ...(problem && { problem }),
  });
}
