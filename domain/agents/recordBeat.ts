import type { AgentHealth } from '../agentProtocol/health';
import type { Beat } from '../agentProtocol/messages';
import type { Needs } from '../stores/core';
import type { Admitted } from './admission/admitAgent';
import type { Agent } from './agent';
import { changeAgent } from './changeAgent';
import { worsened } from './degraded';
import { emptyOutbox, entryOf, withEntries } from './outbox';
import { mayBeUnsettled, settleActiveDirectory } from './settleActiveDirectory';

type Deps = Needs<'agents' | 'customers' | 'deliveries' | 'events', 'clock'>;

/**
 * Notes that the agent is there, and its health. Its return, and what became worse, is told once. Throws
 * AgentRefusal.
 */
export async function recordBeat(
  deps: Deps,
  { agent, customer, address }: Admitted,
  beat: Beat,
): Promise<void> {
  const now = deps.clock.now();
  const changed = await changeAgent(deps, agent.id, (current) => ({
    ...beaten(agent.id, current, beat, now),
    ...(address && { address }),
  }));
  if (mayBeUnsettled(customer.value.activeDirectory, changed.value))
    await settleActiveDirectory(deps, customer.id);
  await emptyOutbox(deps, changed);
}

function beaten(id: string, agent: Agent, { version, skewMs, waiting, health }: Beat, now: number): Agent {
  const { degraded, ...rest } = agent;
  const { said, findings } = worsened(degraded, health);
  const { name } = agent.machine;
  const told = findings.map(({ part, state, finding }) => {
    const facts = { kind: 'connectionDegraded', finding, saidBy: name } as const;
    return entryOf(agent, facts, now, id, part, state, now);
  });
  const beating = {
    ...rest,
    version,
    skewMs,
    waiting,
    health: known(agent.health, health),
    lastBeatAt: now,
    ...(said && { degraded: said }),
  };
  if (agent.state !== 'offline') return withEntries(beating, told);
  return withEntries({ ...beating, state: 'online', stateSince: now }, [
    back(id, agent, waiting, now),
    ...told,
  ]);
}

/**
 * An agent that has just started has not looked at Microsoft Entra Connect yet, so what it said before its
 * restart still holds.
 */
const known = (before: AgentHealth | undefined, told: AgentHealth): AgentHealth =>
  before && told.connect.state === 'unknown' && !told.connect.finding
    ? { ...told, connect: before.connect }
    : told;

function back(id: string, agent: Agent, waiting: Beat['waiting'], now: number) {
  const facts = {
    kind: 'agentBack',
    agentId: id,
    agentName: agent.machine.name,
    offlineSince: agent.lastBeatAt,
    waiting: waiting.events,
  } as const;
  return entryOf(agent, facts, now, id, agent.stateSince);
}
