import type { CustomerEvent, EventFacts } from '../events/customerEvent';
import { eventIdOf } from '../events/eventId';
import { recordEvent } from '../events/recordEvent';
import type { Stored } from '../ports';
import { AgentRefusal } from './admission/agentRefusal';
import { boundedOutbox } from './admission/boundedOutbox';
import type { Agent } from './agent';
import type { AgentDeps } from './agentDeps';
import { changeAgent } from './changeAgent';

type Entry = NonNullable<Agent['outbox']>[number];

/** Something about an agent that is to be told once, under an id made of `what`. */
export const entryOf = (
  { customerId }: Agent,
  facts: EventFacts,
  times: { at: number; now: number },
  ...what: (string | number)[]
): Entry => ({
  id: eventIdOf(facts.kind, ...what),
  event: {
    customerId,
    at: times.at,
    toldAt: times.now,
    privileged: false,
    facts,
    dueAt: times.now,
  } satisfies CustomerEvent,
});

/** The agent with more to tell; written in one with the change itself, so that neither is there without the other. */
export const withEntries = (agent: Agent, entries: Entry[]): Agent =>
  entries.length > 0 ? { ...agent, ...boundedOutbox(agent, entries) } : agent;

/** Hands what is to be told to the events, and forgets it then; whoever falls in between does it again to no effect. */
export async function emptyOutbox(
  deps: Pick<AgentDeps, 'agents' | 'events'>,
  { id, value }: Stored<Agent>,
): Promise<void> {
  const { outbox } = value;
  if (!outbox) return;
  for (const entry of outbox) await recordEvent(deps, entry.id, entry.event);
  const told = new Set(outbox.map((entry) => entry.id));
  try {
    await changeAgent(deps, id, (agent) => without(agent, told));
  } catch (error) {
    // Revoked or busy in this moment: it stands in the events already.
    if (!(error instanceof AgentRefusal)) throw error;
  }
}

function without(agent: Agent, told: ReadonlySet<string>): Agent {
  const { outbox, ...rest } = agent;
  const left = outbox?.filter(({ id }) => !told.has(id)) ?? [];
  return left.length > 0 ? { ...rest, outbox: left } : rest;
}
