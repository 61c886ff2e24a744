import type { Agent } from '../agent';
import { entryOf, withEntries } from '../outbox';

/**
 * What an agent sent and the bot could not read. It is counted, told to people and passed over, because
 * sending it again would not help.
 */
export type NotRead = NonNullable<Agent['notRead']>;
type What = 'events' | 'users';

/** At most one notice in this time, however much more is unreadable; the agent's card shows the count. */
const TELL_AGAIN_MS = 60 * 60_000;

/** Adds what was not read to the agent's count, with what people are to be told about it. */
export function withNotRead(
  id: string,
  agent: Agent,
  { what, count, now }: { what: What; count: number; now: number },
): Agent {
  if (count === 0) return agent;
  const before = agent.notRead;
  const isTold = before?.toldAt !== undefined && now - before.toldAt < TELL_AGAIN_MS;
  const toldAt = isTold ? before.toldAt : now;
  const notRead: NotRead = { events: 0, users: 0, ...before, toldAt, lastAt: now };
  notRead[what] += count;
  const counted = { ...agent, notRead };
  if (isTold) return counted;
  const finding = `${agent.machine.name}: ${notReadSentence(what, count)}`;
  const facts = { kind: 'connectionDegraded', finding } as const;
  return withEntries(counted, [entryOf(agent, facts, now, id, 'notRead', what, now)]);
}

const WHAT = {
  events: ['event', 'Look in Active Directory for resets of that time.'],
  users: ['user', 'What was known of users before stays as it is.'],
} as const;

function notReadSentence(what: What, count: number): string {
  const [one, then] = WHAT[what];
  const all = count === 1 ? `1 ${one} of this agent` : `${count} ${one}s of this agent`;
  return `${all} could not be read and ${count === 1 ? 'is' : 'are'} passed over. Update the agent or the bot, whichever is older. ${then}`;
}
