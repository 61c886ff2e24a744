import type { ActiveDirectoryState, AgentsHealth } from '../customers/customer';
import { raiseSetUp } from '../customers/setUpCards';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Agent } from './agent';

const MOST_AGENTS = 1000;

type Deps = Needs<'customers' | 'agents' | 'deliveries', 'clock'>;

/**
 * Brings the customer's Active Directory setting in line with its agents. The customer is read before the
 * agents, so that of two simultaneous runs the one that saw fewer agents looks again. Safe to repeat; a
 * missing customer is left alone. Throws conflict.
 */
export async function settleActiveDirectory(deps: Deps, customerId: string): Promise<void> {
  const settled = await change(deps.stores.customers, customerId, async (customer) => {
    const { items } = await deps.stores.agents.list({ where: { customerId }, limit: MOST_AGENTS });
    const state = stateOf(items.map(({ value }) => value));
    const { since, ...before } = { since: undefined, ...customer.activeDirectory };
    if (same(before, state) || (before.state === 'notChosen' && state.state === 'waiting')) return undefined;
    const kept = before.state === state.state ? since : undefined;
    return { ...customer, activeDirectory: { ...state, since: kept ?? deps.clock.now() } };
  });
  if (settled) await raiseSetUp(deps, settled);
}

/** Whether the customer's setting may differ from its agents, now that this one was heard. */
export const mayBeUnsettled = (known: ActiveDirectoryState, heard: Agent): boolean =>
  known.state !== 'online' || known.agents !== 'well' || isDegraded(heard);

type Settled = { state: 'offline' | 'waiting' } | { state: 'online'; agents: AgentsHealth };

const same = (before: { state: string; agents?: string }, settled: Settled): boolean =>
  before.state === settled.state && before.agents === ('agents' in settled ? settled.agents : undefined);

function stateOf(agents: Agent[]): Settled {
  const served = agents.filter(({ state }) => state !== 'revoked');
  if (served.length === 0) return { state: 'waiting' };
  const online = served.filter(({ state }) => state === 'online');
  return online.length > 0
    ? { state: 'online', agents: healthOf(online, served.length) }
    : { state: 'offline' };
}

function healthOf(online: Agent[], served: number): AgentsHealth {
  if (online.length < served) return 'someOffline';
  if (online.some(({ degraded }) => degraded?.directory ?? degraded?.users)) return 'directory';
  return online.some(({ degraded }) => degraded?.connect) && !online.some(syncs) ? 'connect' : 'well';
}

/** Another server may stand by for the one that syncs, in staging mode. */
const syncs = ({ health }: Agent): boolean => health?.connect.state === 'ready';

const isDegraded = ({ degraded }: Agent): boolean => degraded !== undefined;
