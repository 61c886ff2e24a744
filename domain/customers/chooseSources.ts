import { audited } from '../audit/recordAudit';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { CustomerDeps } from './addCustomer';
import { activeCustomer, changeCustomer } from './changeCustomer';
import type { Customer } from './customer';

/** True: wanted. False: not wanted. Absent: stays as it is. */
export interface SourcesWanted {
  activeDirectory?: boolean;
  office365?: boolean;
}

/**
 * Says which of a customer's directories the MSP looks after. A source in use (an agent that reported, a
 * connected tenant) stays as it is.
 */
export async function chooseSources(
  deps: CustomerDeps,
  actor: Actor,
  request: { customerId: string; wanted: SourcesWanted; requestId: string },
): Promise<Stored<Customer>> {
  permit(actor, 'customers.write');
  const { customerId, wanted } = request;
  const { name: target } = (await activeCustomer(deps.stores.customers, customerId)).value;
  const entry = { action: 'customer.sources', target, customerId, after: wordsOf(wanted) } as const;
  return audited(deps, actor, request.requestId, entry, () =>
    changeCustomer(deps, customerId, (customer) => withSources(customer, wanted, deps.clock.now())),
  );
}

function withSources(customer: Customer, wanted: SourcesWanted, since: number): Customer {
  const { activeDirectory, office365 } = customer;
  const notChosen = { state: 'notChosen' } as const;
  return {
    ...customer,
    ...(wanted.activeDirectory &&
      activeDirectory.state === 'notChosen' && { activeDirectory: { state: 'waiting', since } }),
    ...(wanted.activeDirectory === false &&
      activeDirectory.state === 'waiting' && { activeDirectory: notChosen }),
    ...(wanted.office365 && office365.state === 'notChosen' && { office365: { state: 'chosen', since } }),
    ...(wanted.office365 === false && office365.state === 'chosen' && { office365: notChosen }),
  };
}

const NAMES: Record<keyof SourcesWanted, string> = {
  activeDirectory: 'Active Directory',
  office365: 'Microsoft 365',
};

const wordsOf = (wanted: SourcesWanted): string =>
  (['activeDirectory', 'office365'] as const)
    .filter((source) => wanted[source])
    .map((source) => NAMES[source])
    .join(' and ') || 'nothing yet';
