import { oneByOne } from '../jobs/oneByOne';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import { type Agent, OFFLINE_AFTER_MS } from './agent';
import { emptyOutbox, entryOf, withEntries } from './outbox';
import { settleActiveDirectory } from './settleActiveDirectory';

type Deps = Needs<'agents' | 'customers' | 'deliveries' | 'events', 'clock'>;

const LEASE_MS = 30_000;
const AT_ONCE = 100;
/**
 * A longer time between two rounds means that this process or the store was away, and agents could not be
 * heard.
 */
const GAP_MS = 45_000;

/**
 * Notices that agents fell silent, once for all instances, and tells what a dead instance left untold. It
 * holds back until the bot has listened as long as an agent may be silent, because before that the bot may
 * have been away, and not the agents.
 */
export function createAgentWatch(deps: Deps): () => Promise<void> {
  let listeningSince = 0;
  let lastRound = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = deps.clock.now();
    if (now - lastRound > GAP_MS) listeningSince = now;
    if (now - listeningSince >= OFFLINE_AFTER_MS) await lookAtDue(deps, now);
    else await deps.stores.agents.count({ where: { state: 'online' } });
    lastRound = now;
  };
}

async function lookAtDue(deps: Deps, now: number): Promise<void> {
  const due = await deps.stores.agents.claimDue(now, LEASE_MS, AT_ONCE);
  await oneByOne(due, (agent) => settle(deps, agent, now));
}

async function settle(deps: Deps, agent: Stored<Agent>, now: number): Promise<void> {
  const { state, lastBeatAt, customerId } = agent.value;
  const silent = state === 'online' && lastBeatAt + OFFLINE_AFTER_MS <= now;
  const customer = await deps.stores.customers.get(customerId);
  const served = customer?.value.status === 'active';
  const current = silent
    ? await unlessChanged(deps.stores.agents.replace(agent, offline(agent, served, now)))
    : agent;
  // The agent was heard or changed at this moment; it is due again by itself.
  if (!current) return;
  await settleActiveDirectory(deps, customerId);
  await emptyOutbox(deps, current);
}

/** Nothing is told about a removed customer. */
function offline({ id, value }: Stored<Agent>, served: boolean, now: number): Agent {
  const { machine, lastBeatAt, waiting } = value;
  const gone: Agent = { ...value, state: 'offline', stateSince: now };
  if (!served) return gone;
  const facts = {
    kind: 'agentOffline',
    agentId: id,
    agentName: machine.name,
    since: lastBeatAt,
    waiting: waiting.events,
  } as const;
  return withEntries(gone, [entryOf(value, facts, now, id, lastBeatAt)]);
}
