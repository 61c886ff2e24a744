import type { Agent } from '../agent';
import { entryOf, withEntries } from '../outbox';

/**
 * What an agent sent and the bot could not read: counted, told, and passed over, since sent again it would be
 * no better.
 */
export type NotRead = NonNullable<Agent['notRead']>;
type What = 'events' | 'users';

/** One notice in that time, however much more there is; the agent's card has the count. */
const TELL_AGAIN_MS = 60 * 60_000;

/** The agent with so many more that were not read, and with what is to be told of it. */
export function withNotRead(
  id: string,
  agent: Agent,
  { what, count, now }: { what: What; count: number; now: number },
): Agent {
  if (count === 0) return agent;
  const before = agent.notRead;
  const isTold = before?.toldAt !== undefined && now - before.toldAt < TELL_AGAIN_MS;
  const notRead: NotRead = {
    events: before?.events ?? 0,
    users: before?.users ?? 0,
    toldAt: isTold ? before.toldAt : now,
    lastAt: now,
  };
  notRead[what] += count;
  const counted = { ...agent, notRead };
  if (isTold) return counted;
  const finding = `${agent.machine.name}: ${notReadSentence(what, count)}`;
  return withEntries(counted, [
    entryOf(agent, { kind: 'connectionDegraded', finding }, { at: now, now }, id, 'notRead', what, now),
  ]);
}

const WHAT = {
  events: ['event', 'Look into Active Directory for resets of that time.'],
  users: ['user', 'What was known of users before stays as it is.'],
} as const;

function notReadSentence(what: What, count: number): string {
  const [one, then] = WHAT[what];
  const all = count === 1 ? `1 ${one} of this agent` : `${count} ${one}s of this agent`;
  return `${all} could not be read and ${count === 1 ? 'is' : 'are'} passed over. Update the agent or the bot, whichever is older. ${then}`;
}
