import type { z } from 'zod';
import type { AgentCommand, commandsRequest } from '../agentProtocol/messages';
import type { Stored } from '../ports';
import { pages } from '../stores/pages';
import { unlessChanged } from '../stores/retried';
import type { AgentOrder } from './agent';
import type { AgentDeps } from './agentDeps';
import { ORDER_MS } from './orders';

type Deps = Pick<AgentDeps, 'agentOrders' | 'clock'>;
type Report = z.output<typeof commandsRequest>['done'][number];

/** When an order that was handed out and not reported is taken for lost, and handed out again; the agent knows it by its id. */
const AGAIN_MS = 30_000;
const MOST = 50;

/** Settles the agent's own orders by what it reports; reports of others, and repeated ones, change nothing. */
export async function settleReports(deps: Deps, agentId: string, done: Report[]): Promise<void> {
  for (const report of done) {
    const order = await deps.agentOrders.get(report.id);
    if (order?.value.agentId !== agentId || isSettled(order.value)) continue;
    const state = report.outcome === 'done' ? 'done' : 'failed';
    await unlessChanged(deps.agentOrders.replace(order, { ...order.value, state, finding: report.finding }));
  }
}

const isSettled = ({ state }: AgentOrder) => state === 'done' || state === 'failed';

/** What the agent is to do now, noted as handed out before it is told; never what has expired. */
export async function handOut(deps: Deps, agentId: string): Promise<AgentCommand[]> {
  const now = deps.clock.now();
  const orders = [
    ...(await ordersOf(deps, agentId, 'waiting', now)),
    ...(await ordersOf(deps, agentId, 'handedOut', now)).filter(
      ({ value }) => (value.handedOutAt ?? 0) + AGAIN_MS <= now,
    ),
  ].slice(0, MOST);
  const handed: AgentCommand[] = [];
  for (const order of orders) {
    const handedOut = { ...order.value, state: 'handedOut', handedOutAt: now } as const;
    if (await unlessChanged(deps.agentOrders.replace(order, handedOut))) handed.push(commandOf(order));
  }
  return handed;
}

async function ordersOf({ agentOrders }: Deps, agentId: string, state: AgentOrder['state'], now: number) {
  const range = { key: 'issuedAt', from: now - ORDER_MS } as const;
  const { items } = await agentOrders.list({ where: { agentId, state }, range, limit: MOST });
  return items.filter(({ value }) => value.expiresAt > now);
}

const commandOf = ({ id, value }: Stored<AgentOrder>): AgentCommand => ({
  id,
  verb: value.verb,
  ...(value.recordId && { recordId: value.recordId }),
  expiresAt: value.expiresAt,
});

/** Rings for the agents that wait here and have something to do, whichever instance wrote it down: one look for all of them. */
export async function ringForOrders(deps: Deps & Pick<AgentDeps, 'bell'>): Promise<void> {
  if (!deps.bell.anybodyWaits()) return;
  const range = { key: 'issuedAt', from: deps.clock.now() - ORDER_MS } as const;
  for await (const orders of pages(deps.agentOrders, { where: { state: 'waiting' }, range, limit: 1000 }))
    for (const { value } of orders) deps.bell.ring(value.agentId);
}
