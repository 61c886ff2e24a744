import type { Clock } from '../ports';
import { change } from '../stores/change';
import type { Stores } from '../stores/stores';
import type { Agent } from './agent';

const MOST_AGENTS = 1000;

type Deps = Pick<Stores, 'customers' | 'agents'> & { clock: Clock };

/**
 * Brings what the customer says of its Active Directory in line with its agents. The customer is read before them, so that of two who
 * do this at once the one that saw less looks again. Safe to repeat; a customer that is gone is left alone. Throws conflict.
 */
export async function settleActiveDirectory(deps: Deps, customerId: string): Promise<void> {
  await change(deps.customers, customerId, async (customer) => {
    const { items } = await deps.agents.list({ where: { customerId }, limit: MOST_AGENTS });
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
