import { audited } from '../audit/recordAudit';
import { conflict, DuplicateKey } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { CustomerDeps } from './addCustomer';
import { activeCustomer, changeCustomer } from './changeCustomer';
import type { Customer } from './customer';
import { nameKeyOf, parseCustomerName } from './customerName';

/**
 * Renames a customer by the rules of adding one; the audit trail keeps the old name. Throws conflict when
 * another customer has the name.
 */
export async function renameCustomer(
  deps: CustomerDeps,
  actor: Actor,
  request: { customerId: string; name: string; requestId: string },
): Promise<Stored<Customer>> {
  permit(actor, 'customers.write');
  const name = parseCustomerName(request.name);
  const { customerId } = request;
  const before = (await activeCustomer(deps.stores.customers, customerId)).value.name;
  const entry = { action: 'customer.rename', target: before, customerId, before, after: name } as const;
  return audited(deps, actor, request.requestId, entry, () => rename(deps, customerId, name));
}

async function rename(deps: CustomerDeps, customerId: string, name: string): Promise<Stored<Customer>> {
  try {
    return await changeCustomer(deps, customerId, (customer) => ({
      ...customer,
      name,
      nameKey: nameKeyOf(name),
    }));
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    throw conflict(
      'Another customer already has this name. Choose a different one, or open that customer instead.',
      error,
    );
  }
}
