import { type AgentRecords, forgetAgents } from '../agents/forgetAgents';
import { type AuditDeps, audited } from '../audit/recordAudit';
import type { OrganizationLink } from '../organizations/organization';
import type { Actor } from '../people/person';
import type { Store } from '../ports';
import type { Customer } from './customer';

/** Nobody asks for it: the time that was said at the removal is over. */
const KEYTURN: Actor = { id: 'keyturn', name: 'Keyturn', permissions: new Set(), conversationId: '' };

/**
 * Deletes for good the customers whose time to be restored is over, with their links to organizations and all of
 * their agents, accounts and events; resolves to how many. Their audit trail stays.
 */
export async function purgeRemoved(
  deps: AuditDeps & AgentRecords & { customers: Store<Customer>; links: Store<OrganizationLink> },
): Promise<number> {
  const range = { key: 'purgeAt', from: 0, to: deps.clock.now() };
  const { items } = await deps.customers.list({ where: { status: 'removed' }, range, limit: 100 });
  for (const { id, version, value } of items) {
    const entry = {
      action: 'customer.purge',
      target: value.name,
      customerId: id,
      before: 'removed',
    } as const;
    await audited(deps, KEYTURN, `${id}:${version}`, entry, async () => {
      const links = await deps.links.list({ where: { customerId: id }, limit: 100 });
      const gone = await deps.customers.remove(id, version);
      if (gone) for (const link of links.items) await deps.links.remove(link.id);
      if (gone) await forgetAgents(deps, id);
      return { result: undefined, entry: { after: gone ? 'deleted for good' : 'changed meanwhile, kept' } };
    });
  }
  return items.length;
}
