import type { Store } from '../ports';
import type { Stores } from '../stores/stores';

export type AgentRecords = Pick<
  Stores,
  'agents' | 'installTokens' | 'agentOrders' | 'directoryAccounts' | 'inventoryUploads' | 'events' | 'notices'
>;

const PAGE = 200;

/**
 * Deletes what is kept of a customer's agents and of its Active Directory, and what they told: who reset whose password. Safe to repeat.
 */
export async function forgetAgents(deps: AgentRecords, customerId: string): Promise<void> {
  await removeAllOf(deps.agents, customerId);
  await removeAllOf(deps.installTokens, customerId);
  await removeAllOf(deps.agentOrders, customerId);
  await removeAllOf(deps.inventoryUploads, customerId);
  await removeAllOf(deps.directoryAccounts, customerId);
  await removeAllOf(deps.events, customerId);
  await removeAllOf(deps.notices, customerId);
}

/** Deletes what the store keeps of the customer, but for what became another customer's meanwhile. Safe to repeat. */
export async function removeAllOf(
  store: Pick<Store<unknown, 'customerId', never>, 'list' | 'remove'>,
  customerId: string,
): Promise<void> {
  for (;;) {
    const { items } = await store.list({ where: { customerId }, limit: PAGE });
    if (items.length === 0) return;
    await Promise.all(items.map(({ id, version }) => store.remove(id, version)));
  }
}
