import type { Agent } from '../agent';
import { MOST_TELLINGS } from './bounds';

type Entry = NonNullable<Agent['outbox']>[number];

const HOUR_MS = 60 * 60_000;

/**
 * Bounds what an agent says about itself in an hour, so that an agent whose state changes with every beat
 * fills nobody's chat. The last message within the bound says so. Later changes are shown only on the agent's
 * card, until the hour is over.
 */
export function boundedOutbox(agent: Agent, entries: Entry[]): Pick<Agent, 'outbox' | 'tellings'> {
  const now = entries[0]?.event.toldAt ?? 0;
  const { since, count } =
    agent.tellings && now < agent.tellings.since + HOUR_MS ? agent.tellings : { since: now, count: 0 };
  const told = entries.slice(0, Math.max(0, MOST_TELLINGS - count)).map((entry, n) => {
    const isLast = count + n + 1 === MOST_TELLINGS;
    return isLast ? saying(entry, agent.machine.name) : entry;
  });
  const outbox = [...(agent.outbox ?? []), ...told];
  return {
    ...(outbox.length > 0 && { outbox }),
    tellings: { since, count: count + entries.length },
  };
}

function saying({ id, event }: Entry, name: string): Entry {
  const finding = `${name}: this agent’s state changes too often, ${MOST_TELLINGS} times within an hour. Until the hour is over, only the card of the customer’s agents shows its changes. Check that server and its network.`;
  return { id, event: { ...event, facts: { kind: 'connectionDegraded', finding } } };
}
