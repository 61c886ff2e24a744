import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Agent } from './agent';

const MOST_AGENTS = 1000;

type Deps = Needs<'customers' | 'agents', 'clock'>;

/**
 * Brings the customer's Active Directory setting in line with its agents. The customer is read before the
 * agents, so that of two simultaneous runs the one that saw fewer agents looks again. Safe to repeat; a
 * missing customer is left alone. Throws conflict.
 */
export async function settleActiveDirectory(deps: Deps, customerId: string): Promise<void> {
  await change(deps.stores.customers, customerId, async (customer) => {
    const { items } = await deps.stores.agents.list({ where: { customerId }, limit: MOST_AGENTS });
    const state = stateOf(items.map(({ value }) => value));
    const before = customer.activeDirectory.state;
    if (before === state || (before === 'notChosen' && state === 'waiting')) return undefined;
    return { ...customer, activeDirectory: { state, since: deps.clock.now() } };
  });
}

function stateOf(agents: Agent[]): 'online' | 'offline' | 'waiting' {
  if (agents.some(({ state }) => state === 'online')) return 'online';
  return agents.some(({ state }) => state === 'offline') ? 'offline' : 'waiting';
}
