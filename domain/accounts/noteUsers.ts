import type { AgentEvent } from '../agentProtocol/agentEvent';
import type { DirectoryUser } from '../agentProtocol/directoryUser';
import { nearerThan } from '../agents/admission/mayTell';
import { tellTooMuch } from '../agents/admission/tellTooMuch';
import type { Agent } from '../agents/agent';
import type { Stored } from '../ports';
import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import { ACCOUNTS_FULL, type AccountBound, accountBound } from './accountBound';
import { type DirectoryAccount, directoryAccountId } from './directoryAccount';
import { keptUser } from './keptUser';

type Deps = Needs<'agents' | 'directoryAccounts' | 'events', 'clock'>;

const AT_ONCE = 50;

/** Keeps the users that resets showed, the last state of each. What a later inventory saw counts more. */
export async function noteUsers(deps: Deps, agent: Stored<Agent>, events: AgentEvent[]): Promise<void> {
  const { customerId } = agent.value;
  const seen = new Map<string, { user: DirectoryUser; seenAt: number }>();
  const now = deps.clock.now();
  for (const event of events)
    if (event.type === 'reset')
      seen.set(event.user.objectGuid, { user: event.user, seenAt: Math.min(event.seenAt, now) });
  const accounts = [...seen.values()].map((told) => ({ customerId, ...told, snapshot: '' }));
  await putAccounts(deps, agent, accounts);
}

/**
 * Writes the accounts as this agent told them, new or over the earlier state. An account without a snapshot
 * keeps the snapshot that it has. What an agent nearer to the directory told stays as it is.
 */
export async function putAccounts(
  deps: Deps,
  agent: Stored<Agent>,
  accounts: DirectoryAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  const nearer = await nearerThan(deps, agent);
  const room = accountBound(deps, agent.value.customerId);
  const putOne = (account: DirectoryAccount) =>
    putAccount(deps, { ...account, user: keptUser(account.user), toldBy: agent.id }, nearer, room);
  for (let n = 0; n < accounts.length; n += AT_ONCE) {
    await Promise.all(accounts.slice(n, n + AT_ONCE).map(putOne));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  if (room.refused() > 0) await tellTooMuch(deps, agent, ACCOUNTS_FULL);
}

async function putAccount(
  { stores: { directoryAccounts } }: Deps,
  account: DirectoryAccount,
  nearer: ReadonlySet<string>,
  room: AccountBound,
): Promise<void> {
  const id = directoryAccountId(account.customerId, account.user.objectGuid);
  await put(directoryAccounts, id, async (known) => {
    if (!known) return (await room.take()) ? account : undefined;
    if (known.seenAt > account.seenAt || (known.toldBy && nearer.has(known.toldBy))) return undefined;
    return { ...account, snapshot: account.snapshot || known.snapshot };
  });
}

/** Users whom an inventory only counts as present. Their known data stays, and they count as seen. */
export async function keepUnread(deps: Deps, customerId: string, objectGuids: string[]): Promise<void> {
  for (const objectGuid of objectGuids) {
    const known = await deps.stores.directoryAccounts.get(directoryAccountId(customerId, objectGuid));
    if (!known) continue;
    const seen = { ...known.value, seenAt: deps.clock.now() };
    // When somebody else has just written the account, that write counts as seen.
    await unlessChanged(deps.stores.directoryAccounts.replace(known, seen));
  }
}
