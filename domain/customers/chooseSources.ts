import { audited } from '../audit/recordAudit';
import type { Actor } from '../people/person';
import { permit } from '../people/permit';
import type { Stored } from '../ports';
import type { CustomerDeps } from './addCustomer';
import { changeCustomer } from './changeCustomer';
import type { Customer } from './customer';

/** Notes that a customer's Active Directory or Office 365 is to be looked after; one already chosen stays as it is. */
export async function chooseSource(
  deps: CustomerDeps,
  actor: Actor,
  request: { customerId: string; source: 'activeDirectory' | 'office365'; requestId: string },
): Promise<Stored<Customer>> {
  permit(actor, 'customers.write');
  const now = deps.clock.now();
  const chosen = (customer: Customer): Customer => {
    if (customer[request.source].state !== 'notChosen') return customer;
    return request.source === 'activeDirectory'
      ? { ...customer, activeDirectory: { state: 'waiting', since: now } }
      : { ...customer, office365: { state: 'chosen', since: now } };
  };
  const entry = { action: 'customer.sources', target: request.source, customerId: request.customerId } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    const result = await changeCustomer(deps, request.customerId, chosen);
    return { result, entry: { target: result.value.name, after: request.source } };
  });
}
