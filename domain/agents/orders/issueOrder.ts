import type { Verb } from '../../agentProtocol/verbs';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import type { Agent } from '../agent';
import type { AgentDeps } from '../agentDeps';
import type { Ordered, OrderKind } from './orderKind';

export type OrderDeps = Pick<AgentDeps, 'bell'> & Needs<'agents' | 'agentOrders', 'clock' | 'random'>;

/** Orders something of an agent, unless an order that waits already serves this one too. */
export async function issueOrder<V extends Verb>(
  deps: OrderDeps,
  agent: Stored<Agent>,
  kind: OrderKind<V>,
  ordered: Ordered<V>,
): Promise<void> {
  if (await isServed(deps, agent.id, kind, ordered)) return;
  const now = deps.clock.now();
  await deps.stores.agentOrders.insert(deps.random.id(), {
    agentId: agent.id,
    customerId: agent.value.customerId,
    verb: kind.verb,
    ...ordered,
    issuedAt: now,
    expiresAt: now + kind.lifeMs,
    state: 'waiting',
  });
  deps.bell.ring(agent.id);
}

async function isServed<V extends Verb>(
  { stores: { agentOrders }, clock }: OrderDeps,
  agentId: string,
  { verb, serves }: OrderKind<V>,
  ordered: Ordered<V>,
): Promise<boolean> {
  if (!serves) return false;
  const { items } = await agentOrders.list({
    where: { agentId, state: 'waiting' },
    sort: { key: 'issuedAt', descending: true },
    limit: 100,
  });
  const now = clock.now();
  return items.some(({ value }) => value.verb === verb && value.expiresAt > now && serves(value, ordered));
}
