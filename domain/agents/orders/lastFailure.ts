import type { Needs } from '../../stores/core';
import type { AgentOrder } from '../agent';

/** The last failed order of an agent; undefined when a later order was done, and when none failed. */
export async function lastFailure(
  { stores: { agentOrders } }: Needs<'agentOrders'>,
  agentId: string,
): Promise<AgentOrder | undefined> {
  const last = async (state: AgentOrder['state']) => {
    const sort = { key: 'issuedAt', descending: true } as const;
    const { items } = await agentOrders.list({ where: { agentId, state }, sort, limit: 1 });
    return items[0]?.value;
  };
  const [failed, done] = await Promise.all([last('failed'), last('done')]);
  return failed && (!done || done.issuedAt < failed.issuedAt) ? failed : undefined;
}
