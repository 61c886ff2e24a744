import type { Store, Stores } from '../ports';

export type AgentRecords = Pick<
  Stores,
  'agents' | 'installTokens' | 'agentOrders' | 'directoryAccounts' | 'inventoryUploads' | 'events' | 'notices'
>;

const PAGE = 200;

/**
 * Deletes what is kept of a customer's agents and of its Active Directory, and what they told: who reset whose password. Safe to repeat.
 */
export async function forgetAgents(deps: AgentRecords, customerId: string): Promise<void> {
  await removeAll(deps.agents, customerId);
  await removeAll(deps.installTokens, customerId);
  await removeAll(deps.agentOrders, customerId);
  await removeAll(deps.inventoryUploads, customerId);
  await removeAll(deps.directoryAccounts, customerId);
  await removeAll(deps.events, customerId);
  await removeAll(deps.notices, customerId);
}

async function removeAll<T>(store: Store<T>, customerId: string): Promise<void> {
  for (;;) {
    const { items } = await store.list({ where: { customerId }, limit: PAGE });
    if (items.length === 0) return;
    await Promise.all(items.map(({ id }) => store.remove(id)));
  }
}
