import type { Stored } from '../ports';
import { unlessChanged } from '../stores/retried';
import { type Agent, OFFLINE_AFTER_MS } from './agent';
import type { AgentDeps } from './agentDeps';
import { emptyOutbox, entryOf, withEntries } from './outbox';
import { settleActiveDirectory } from './settleActiveDirectory';

type Deps = Pick<AgentDeps, 'agents' | 'customers' | 'events' | 'clock'>;

const LEASE_MS = 30_000;
const AT_ONCE = 100;
/** A longer time between two looks: this process, or the store, was away, and agents could not have been heard. */
const GAP_MS = 45_000;

/**
 * Notices, of all instances once, that agents fell silent, and tells what an instance that is gone left untold. Holds back as long as
 * the bot itself has not listened for as long as an agent may be silent: then it is not they who were away.
 */
export function createAgentWatch(deps: Deps): () => Promise<void> {
  let listeningSince = 0;
  let lastRound = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = deps.clock.now();
    if (now - lastRound > GAP_MS) listeningSince = now;
    if (now - listeningSince >= OFFLINE_AFTER_MS) await lookAtDue(deps, now);
    else await deps.agents.count({ where: { state: 'online' } });
    lastRound = now;
  };
}

async function lookAtDue(deps: Deps, now: number): Promise<void> {
  const due = await deps.agents.claimDue(now, LEASE_MS, AT_ONCE);
  for (const agent of due) await settle(deps, agent, now);
}

async function settle(deps: Deps, agent: Stored<Agent>, now: number): Promise<void> {
  const { state, lastBeatAt, customerId } = agent.value;
  const silent = state === 'online' && lastBeatAt + OFFLINE_AFTER_MS <= now;
  const customer = await deps.customers.get(customerId);
  const served = customer?.value.status === 'active';
  const current = silent
    ? await unlessChanged(deps.agents.replace(agent, offline(agent, served, now)))
    : agent;
  // It was heard of, or changed, in this moment: due again by itself.
  if (!current) return;
  await settleActiveDirectory(deps, customerId);
  await emptyOutbox(deps, current);
}

/** Of a removed customer nothing is said. */
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
  return withEntries(gone, [entryOf(value, facts, { at: now, now }, id, lastBeatAt)]);
}
