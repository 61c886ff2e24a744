import { type AuditDeps, audited } from '../audit/recordAudit';
import { activeCustomer, changeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { conflict } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { TenantDirectory } from './ports';

/** Says what disconnecting leaves in the customer's tenant, for the person who disconnects. */
export const NOT_UNDONE_BY_DISCONNECTING =
  'The consent and the app’s role in the customer’s tenant stay until an administrator there removes them.';

/**
 * Takes the shown tenant from a customer: its Office 365 is then wanted and not connected. A customer without
 * a tenant stays as it is. Throws conflict when the customer has another tenant by now.
 */
export async function disconnectTenant(
  deps: AuditDeps & Needs<'customers' | 'deliveries'> & { directory: Pick<TenantDirectory, 'forget'> },
  actor: Actor,
  request: { customerId: string; tenantId: string; requestId: string },
): Promise<Stored<Customer>> {
  permit(actor, 'tenants.connect');
  const customer = await activeCustomer(deps.stores.customers, request.customerId);
  const { office365, name } = customer.value;
  if (!('tenant' in office365)) return customer;
  const { tenantId, displayName } = office365.tenant;
  if (tenantId !== request.tenantId)
    throw conflict(
      `${name} was connected to another tenant meanwhile. Nothing was disconnected. Look again.`,
    );
  const entry = { action: 'tenant.disconnect', target: name, customerId: customer.id } as const;
  const said = { ...entry, before: `${displayName} (${tenantId})` };
  const disconnected = (current: Customer): Customer =>
    'tenant' in current.office365 && current.office365.tenant.tenantId === tenantId
      ? {
          ...current,
          office365: { state: 'chosen', since: deps.clock.now(), before: { tenantId, displayName } },
        }
      : current;
  return audited(deps, actor, request.requestId, said, async () => {
    const changed = await changeCustomer(deps, customer.id, disconnected);
    deps.directory.forget(tenantId);
    return changed;
  });
}
