import { randomUUID } from 'node:crypto';
import type { Customer } from '../../../domain/customers/customer';
import { nameKeyOf } from '../../../domain/customers/customerName';
import type { TenantConnection } from '../../../domain/tenants/tenantConnection';

/** A customer without any choices yet. */
export function sampleCustomer(name: string, more: Partial<Customer> = {}): Customer {
  const id = randomUUID();
  return {
    id,
    name,
    nameKey: nameKeyOf(name),
    status: 'active',
    activeDirectory: { state: 'notChosen' },
    office365: { state: 'notChosen' },
    createdAt: 0,
    createdBy: { id: 'setup', name: 'Setup' },
    createdByRequest: id,
    changedAt: 0,
    ...more,
  };
}

/** A tenant that somebody consented to and nobody tested. */
export const sampleTenant = (more: Partial<TenantConnection> = {}): TenantConnection => ({
  tenantId: 't',
  displayName: 'Contoso',
  domains: ['contoso.com'],
  consentedBy: { objectId: 'o', name: 'Olu', username: 'olu@contoso.com' },
  consentedAt: 1,
  checks: [],
  ...more,
});
