import { type EventFacts, eventNow } from '../events/customerEvent';
import { eventIdOf } from '../events/eventId';
import { recordEvent } from '../events/recordEvent';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { AgentRefusal } from './admission/agentRefusal';
import { boundedOutbox } from './admission/boundedOutbox';
import type { Agent } from './agent';
import { changeAgent } from './changeAgent';

type Entry = NonNullable<Agent['outbox']>[number];

/** An event about an agent that is told once, under an id made of `what`. */
export const entryOf = (
  { customerId }: Agent,
  facts: EventFacts,
  now: number,
  ...what: (string | number)[]
): Entry => ({ id: eventIdOf(facts.kind, ...what), event: eventNow(customerId, facts, now) });

/**
 * The agent with further outbox entries. Entries and change are written as one document, so that neither
 * exists alone.
 */
export const withEntries = (agent: Agent, entries: Entry[]): Agent =>
  entries.length > 0 ? { ...agent, ...boundedOutbox(agent, entries) } : agent;

/**
 * Moves the outbox to the events and then clears it. After a crash in between, another run repeats it without
 * effect.
 */
export async function emptyOutbox(
  deps: Needs<'agents' | 'events'>,
  { id, value }: Stored<Agent>,
): Promise<void> {
  const { outbox } = value;
  if (!outbox) return;
  for (const entry of outbox) await recordEvent(deps, entry.id, entry.event);
  const told = new Set(outbox.map((entry) => entry.id));
  try {
    await changeAgent(deps, id, (agent) => without(agent, told));
  } catch (error) {
    // The agent was revoked or is busy at this moment; the entries are in the events already.
    if (!(error instanceof AgentRefusal)) throw error;
  }
}

function without(agent: Agent, told: ReadonlySet<string>): Agent {
  const { outbox, ...rest } = agent;
  const left = outbox?.filter(({ id }) => !told.has(id)) ?? [];
  return left.length > 0 ? { ...rest, outbox: left } : rest;
}
