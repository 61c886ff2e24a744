import type { OrganizationLink } from '../organizations/organization';
import type { Clock, Store } from '../ports';
import type { Customer } from './customer';

/**
 * Deletes for good the customers whose time to be restored is over, with their links to organizations; resolves to how
 * many. Their audit trail stays.
 */
export async function purgeRemoved(deps: {
  customers: Store<Customer>;
  links: Store<OrganizationLink>;
  clock: Clock;
}): Promise<number> {
  const range = { key: 'purgeAt', from: 0, to: deps.clock.now() };
  const { items } = await deps.customers.list({ where: { status: 'removed' }, range, limit: 100 });
  for (const { id, version } of items) {
    const links = await deps.links.list({ where: { customerId: id }, limit: 100 });
    for (const link of links.items) await deps.links.remove(link.id, link.version);
    await deps.customers.remove(id, version);
  }
  return items.length;
}
