import type { Card } from '../../cards/card';
import { confirmTenantCard } from '../../cards/confirmTenant';
import { date, timeOfDay } from '../../cards/format';
import type { Customer } from '../../domain/customers/customer';
import { doubtsOf, type TenantProposal } from '../../domain/tenants/tenantProposal';

/** The question whether a tenant is the customer's, as it stands now. */
export function showProposal(customer: Customer, proposal: TenantProposal, problem?: string): Card {
  const { admin, described, fit = '', expiresAt } = proposal;
  return confirmTenantCard({
    customerId: proposal.customerId,
    proposalId: proposal.id,
    customer: customer.name,
    ...(described && { described }),
    tenantId: admin.tenantId,
    account: admin,
    fit,
    doubts: doubtsOf(customer, proposal),
    until: `${date(expiresAt)} ${timeOfDay(expiresAt)}`,
    ...(problem && { problem }),
  });
}
