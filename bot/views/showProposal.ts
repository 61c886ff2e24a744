import { confirmTenantCard } from '../../cards/confirmTenant';
import type { Card } from '../../cards/shared/card';
import { date, timeOfDay } from '../../cards/shared/format';
import type { TenantQuestion } from '../../domain/tenants/tenantQuestion';

/** The current form of the question whether a tenant is the customer's. */
export function showProposal({ customer, proposal, doubts, seen }: TenantQuestion, problem?: string): Card {
  const { admin, described, fit = '', expiresAt } = proposal;
  return confirmTenantCard({
    customerId: proposal.customerId,
    proposalId: proposal.id,
    seen,
    customer: customer.name,
    ...(described && { described }),
    tenantId: admin.tenantId,
    account: admin,
    fit,
    doubts,
    until: `${date(expiresAt)} ${timeOfDay(expiresAt)}`,
    ...(problem && { problem }),
  });
}
