import type { AgentEvent } from '../agentProtocol/agentEvent';
import type { DirectoryUser } from '../agentProtocol/directoryUser';
import { DuplicateKey, VersionConflict } from '../errors';
import type { AgentDeps } from './agentDeps';
import { type DirectoryAccount, directoryAccountId } from './directoryAccount';

type Deps = Pick<AgentDeps, 'directoryAccounts' | 'clock'>;

const AT_ONCE = 50;
const TRIES = 5;

/** Keeps the users as resets showed them, the last of each; what an inventory saw later counts more. */
export async function noteUsers(deps: Deps, customerId: string, events: AgentEvent[]): Promise<void> {
  const seen = new Map<string, { user: DirectoryUser; seenAt: number }>();
  const now = deps.clock.now();
  for (const event of events)
    if (event.type === 'reset')
      seen.set(event.user.objectGuid, { user: event.user, seenAt: Math.min(event.seenAt, now) });
  await putAccounts(
    deps,
    [...seen.values()].map(({ user, seenAt }) => ({ customerId, user, seenAt, snapshot: '' })),
  );
}

/** Writes the accounts, each anew or over what was seen before; one without a snapshot keeps that which it has. */
export async function putAccounts(deps: Deps, accounts: DirectoryAccount[]): Promise<void> {
  for (let n = 0; n < accounts.length; n += AT_ONCE) {
    await Promise.all(accounts.slice(n, n + AT_ONCE).map((account) => put(deps, account, TRIES)));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

async function put(deps: Deps, account: DirectoryAccount, tries: number): Promise<void> {
  const { directoryAccounts } = deps;
  const id = directoryAccountId(account.customerId, account.user.objectGuid);
  const known = await directoryAccounts.get(id);
  if (known && known.value.seenAt > account.seenAt) return;
  const snapshot = account.snapshot || (known?.value.snapshot ?? '');
  try {
    if (known) await directoryAccounts.replace(known, { ...account, snapshot });
    else await directoryAccounts.insert(id, account);
  } catch (error) {
    if (!(error instanceof VersionConflict || error instanceof DuplicateKey) || tries <= 1) throw error;
    await put(deps, account, tries - 1);
  }
}
