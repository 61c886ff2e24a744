import { MOST_UPLOADS } from '../agents/admission/bounds';
import type { Needs } from '../stores/core';

/**
 * Runs before an agent begins an inventory. It gives up the agent's earlier inventory, and the oldest ones of
 * a customer that has too many under way. The users that those wrote stay, as last seen.
 */
export async function giveUpUploads(
  { stores: { inventoryUploads } }: Needs<'inventoryUploads'>,
  customerId: string,
  agentId: string,
): Promise<void> {
  const { items } = await inventoryUploads.list({ where: { customerId }, limit: 1000 });
  const own = items.filter(({ id }) => id.startsWith(`${agentId}|`));
  const others = items
    .filter(({ id }) => !id.startsWith(`${agentId}|`))
    .toSorted((a, b) => b.value.startedAt - a.value.startedAt);
  for (const { id } of [...own, ...others.slice(MOST_UPLOADS - 1)]) await inventoryUploads.remove(id);
}
