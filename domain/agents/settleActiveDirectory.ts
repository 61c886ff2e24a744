import { VersionConflict } from '../errors';
import type { Clock } from '../ports';
import type { Stores } from '../stores/stores';
import type { Agent } from './agent';

const MOST_AGENTS = 1000;
const TRIES = 8;

type Deps = Pick<Stores, 'customers' | 'agents'> & { clock: Clock };

/**
 * Brings what the customer says of its Active Directory in line with its agents. The customer is read before them, so that of two who
 * do this at once the one that saw less is refused. Safe to repeat; a customer that is gone is left alone.
 */
export async function settleActiveDirectory(deps: Deps, customerId: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const customer = await deps.customers.get(customerId);
    if (!customer) return;
    const { items } = await deps.agents.list({ where: { customerId }, limit: MOST_AGENTS });
    const state = stateOf(items.map(({ value }) => value));
    const { activeDirectory } = customer.value;
    if (activeDirectory.state === state) return;
    if (activeDirectory.state === 'notChosen' && state === 'waiting') return;
    try {
      const changed = { state, since: deps.clock.now() };
      await deps.customers.replace(customer, { ...customer.value, activeDirectory: changed });
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}

function stateOf(agents: Agent[]): 'online' | 'offline' | 'waiting' {
  if (agents.some(({ state }) => state === 'online')) return 'online';
  return agents.some(({ state }) => state === 'offline') ? 'offline' : 'waiting';
}
