import type { Agent } from '../agent';
import { entryOf, withEntries } from '../outbox';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Counts what the agent told without a right to. People are told about the first of it, and then once a day
 * while it goes on.
 */
export function ignoring(
  id: string,
  agent: Agent,
  more: { resets?: number; users?: number },
  now: number,
): Agent {
  const before = agent.ignored ?? { resets: 0, users: 0, toldAt: 0 };
  const resets = before.resets + (more.resets ?? 0);
  const users = before.users + (more.users ?? 0);
  const due = now - before.toldAt >= DAY_MS;
  const ignored = { resets, users, toldAt: due ? now : before.toldAt };
  if (!due) return { ...agent, ignored };
  const finding = `${agent.machine.name} told ${whatOf({ resets, users })}. Keyturn counts none of it: the agent was installed with the command for another server. Does it run on a domain controller? Then install it again with the command for one. If not, ask who changed that agent.`;
  const facts = { kind: 'connectionDegraded', finding } as const;
  return withEntries({ ...agent, ignored }, [entryOf(agent, facts, now, id, 'ignored', now)]);
}

/** '3 resets', '3 resets and 200 users'. */
const whatOf = ({ resets, users }: { resets: number; users: number }): string =>
  [counted(resets, 'reset'), counted(users, 'user')].filter(Boolean).join(' and ');

const counted = (count: number, noun: string): string =>
  count === 0 ? '' : `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
