import type { Needs } from '../../stores/core';
import { unlessChanged } from '../../stores/retried';
import { withoutInput } from './ended';

const LEASE_MS = 30_000;
const AT_ONCE = 100;

/**
 * Drops the inputs of orders that expired without a report, because no agent gets them any more. The order
 * stays as it is: its agent may have begun it in time and report it later. Resolves to how many expired.
 */
export async function dropInputs({
  stores: { agentOrders },
  clock,
}: Needs<'agentOrders', 'clock'>): Promise<number> {
  const expired = await agentOrders.claimDue(clock.now(), LEASE_MS, AT_ONCE);
  for (const order of expired) await unlessChanged(agentOrders.replace(order, withoutInput(order.value)));
  return expired.length;
}
