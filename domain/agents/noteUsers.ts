import type { AgentEvent } from '../agentProtocol/agentEvent';
import type { DirectoryUser } from '../agentProtocol/directoryUser';
import { DuplicateKey, VersionConflict } from '../errors';
import type { Stored } from '../ports';
import { ACCOUNTS_FULL, type AccountRoom, accountRoom } from './accountRoom';
import type { Agent } from './agent';
import type { AgentDeps } from './agentDeps';
import { type DirectoryAccount, directoryAccountId } from './directoryAccount';
import { keptUser } from './keptUser';
import { nearerThan } from './mayTell';
import { tellTooMuch } from './tellTooMuch';

type Deps = Pick<AgentDeps, 'agents' | 'directoryAccounts' | 'events' | 'clock'>;

const AT_ONCE = 50;
const TRIES = 5;

/** Keeps the users as resets showed them, the last of each; what an inventory saw later counts more. */
export async function noteUsers(deps: Deps, agent: Stored<Agent>, events: AgentEvent[]): Promise<void> {
  const { customerId } = agent.value;
  const seen = new Map<string, { user: DirectoryUser; seenAt: number }>();
  const now = deps.clock.now();
  for (const event of events)
    if (event.type === 'reset')
      seen.set(event.user.objectGuid, { user: event.user, seenAt: Math.min(event.seenAt, now) });
  await putAccounts(
    deps,
    agent,
    [...seen.values()].map(({ user, seenAt }) => ({ customerId, user, seenAt, snapshot: '' })),
  );
}

/**
 * Writes the accounts as this agent told them, each anew or over what was seen before; one without a snapshot
 * keeps that which it has. What an agent told that is nearer to the directory stays as it is.
 */
export async function putAccounts(
  deps: Deps,
  agent: Stored<Agent>,
  accounts: DirectoryAccount[],
): Promise<void> {
  if (accounts.length === 0) return;
  const nearer = await nearerThan(deps, agent);
  const room = accountRoom(deps, agent.value.customerId);
  for (let n = 0; n < accounts.length; n += AT_ONCE) {
    await Promise.all(
      accounts
        .slice(n, n + AT_ONCE)
        .map((account) =>
          put(deps, { ...account, user: keptUser(account.user), toldBy: agent.id }, nearer, room),
        ),
    );
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  if (room.refused() > 0) await tellTooMuch(deps, agent, ACCOUNTS_FULL);
}

async function put(
  deps: Deps,
  account: DirectoryAccount,
  nearer: ReadonlySet<string>,
  room: AccountRoom,
  tries = TRIES,
): Promise<void> {
  const { directoryAccounts } = deps;
  const id = directoryAccountId(account.customerId, account.user.objectGuid);
  const known = await directoryAccounts.get(id);
  if (known && known.value.seenAt > account.seenAt) return;
  if (known?.value.toldBy && nearer.has(known.value.toldBy)) return;
  const snapshot = account.snapshot || (known?.value.snapshot ?? '');
  try {
    if (known) await directoryAccounts.replace(known, { ...account, snapshot });
    else if (await room.take()) await directoryAccounts.insert(id, account);
  } catch (error) {
    if (!(error instanceof VersionConflict || error instanceof DuplicateKey) || tries <= 1) throw error;
    await put(deps, account, nearer, room, tries - 1);
  }
}

/**
 * Users of whom an inventory knows that they are there, and no more: what was known of them stays, and counts
 * as seen.
 */
export async function keepUnread(deps: Deps, customerId: string, objectGuids: string[]): Promise<void> {
  for (const objectGuid of objectGuids) {
    const known = await deps.directoryAccounts.get(directoryAccountId(customerId, objectGuid));
    if (!known) continue;
    await deps.directoryAccounts
      .replace(known, { ...known.value, seenAt: deps.clock.now() })
      .catch(unlessWritten);
  }
}

/** Somebody else has just written it, so it was seen. */
function unlessWritten(error: unknown): void {
  if (!(error instanceof VersionConflict)) throw error;
}
