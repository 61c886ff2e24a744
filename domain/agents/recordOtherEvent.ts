import type { AgentEvent } from '../agentProtocol/agentEvent';
import { type EventFacts, eventNow } from '../events/customerEvent';
import { eventIdOf } from '../events/eventId';
import { recordEvent } from '../events/recordEvent';
import type { Needs } from '../stores/core';
import type { Admitted } from './admission/admitAgent';
import { agentsServed } from './agentsServed';

type OtherEvent = Exclude<AgentEvent, { type: 'reset' }>;

/** Writes down, once, an event of an agent that is no reset, when people should hear about it. */
export async function recordOtherEvent(
  deps: Needs<'agents' | 'events', 'clock'>,
  { agent, customer }: Admitted,
  event: OtherEvent,
): Promise<void> {
  const facts = factsOf(event, agent.value.machine.name);
  if (!facts || (await standsBy(deps, agent, event))) return;
  const now = deps.clock.now();
  const told = eventNow(customer.id, facts, now, { at: Math.min(event.seenAt, now) });
  await recordEvent(deps, eventIdOf(event.type, agent.id, event.id), told);
}

/**
 * A server in staging mode beside the one that syncs is in order; a person who asks it for a sync is told all
 * the same.
 */
async function standsBy(
  deps: Needs<'agents'>,
  { id, value }: Admitted['agent'],
  event: OtherEvent,
): Promise<boolean> {
  if (event.type !== 'deltaSync' || event.outcome !== 'staging' || event.commandId) return false;
  const served = await agentsServed(deps, value.customerId);
  return served.some(
    (other) =>
      other.id !== id && other.value.state === 'online' && other.value.health?.connect.state === 'ready',
  );
}

function factsOf(event: OtherEvent, agentName: string): EventFacts | undefined {
  if (event.type === 'deltaSync') {
    const { outcome, finding, startedAt, resets } = event;
    if (outcome === 'ran') return undefined;
    return { kind: 'deltaSyncFailed', agentName, sync: { outcome, finding, startedAt, resets } };
  }
  if (event.type === 'directoryChanged') return degraded(agentName, event.finding);
  const one = event.count === 1;
  return degraded(
    agentName,
    `${event.count} ${one ? 'event' : 'events'} could not be kept while the bot was out of reach, because too many waited. Look in Active Directory for resets of that time.`,
  );
}

const degraded = (agentName: string, finding: string): EventFacts => ({
  kind: 'connectionDegraded',
  finding,
  saidBy: agentName,
});
