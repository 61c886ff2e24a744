import type { z } from 'zod';
import type { commandReport } from '../../agentProtocol/messages';
import { VERBS } from '../../agentProtocol/verbs';
import type { Stored } from '../../ports';
import { retried } from '../../stores/retried';
import type { AgentOrder } from '../agent';
import type { AgentDeps } from '../agentDeps';
import { kindOf } from '.';
import { ended } from './ended';

type Report = z.output<typeof commandReport>;

/**
 * Settles the agent's own orders by its reports. Repeated reports, and reports on orders of other agents or
 * on orders that no agent got yet, change nothing.
 */
export async function settleReports(deps: AgentDeps, agentId: string, done: Report[]): Promise<void> {
  for (const report of done) await retried(() => settle(deps, agentId, report));
}

/** Somebody else may change the order at this moment, for example by claiming it again for its agent. */
async function settle(deps: AgentDeps, agentId: string, report: Report): Promise<void> {
  const order = await deps.stores.agentOrders.get(report.id);
  if (order?.value.agentId !== agentId || order.value.state !== 'handedOut') return;
  await deps.stores.agentOrders.replace(order, await settled(deps, order, report));
}

async function settled(deps: AgentDeps, order: Stored<AgentOrder>, report: Report): Promise<AgentOrder> {
  const { outcome, finding, mayBeDone } = report;
  if (outcome !== 'done')
    return ended(order.value, { state: 'failed', finding, ...(mayBeDone && { mayBeDone }) });
  const kind = kindOf(order.value.verb);
  const result = kind && VERBS[kind.verb].result.safeParse(report.result);
  if (!result?.success) return ended(order.value, { state: 'failed', finding: NOT_READ, mayBeDone: true });
  await kind?.follows?.(deps, order, result.data);
  return ended(order.value, { state: 'done', finding });
}

const NOT_READ =
  'It was done, but the bot cannot read the result. Update the agent or the bot, whichever is older.';
