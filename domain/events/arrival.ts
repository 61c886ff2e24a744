import type { AgentHealth } from '../agentProtocol/health';
import type { CloudPasswordState } from '../tenants/ports';
import type { EventFacts } from './customerEvent';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;

/** How long the password is looked for, and how long it is waited between two looks. */
export const ARRIVAL_MS = 10 * 60_000;
const PAUSES_S = [3, 5, 5, 8, 10, 15, 20, 30];
export const nextLookMs = (looks: number): number => (PAUSES_S[looks] ?? 45) * 1000;

/** Microsoft tells whole seconds. */
const ROUNDED_MS = 1_000;

/**
 * The password is there when Microsoft says that it was changed since the reset. Where the clock of the domain
 * controller is ahead, what the agent saw by ours counts.
 */
export function liveSince(
  cloud: CloudPasswordState,
  { changedAt, toldAt }: { changedAt: number; toldAt: number },
): number | undefined {
  const since = Math.min(changedAt, toldAt);
  if (!cloud.found || cloud.lastPasswordChangeAt === undefined) return undefined;
  if (cloud.lastPasswordChangeAt < since - ROUNDED_MS) return undefined;
  return Math.max(0, cloud.lastPasswordChangeAt - since);
}

/** What is known when the password did not come. */
export interface Circumstances {
  /** The last look; absent: Microsoft 365 could not be read. */
  cloud?: CloudPasswordState;
  /** Why it could not be read. */
  unreadable?: string;
  reset: ResetFacts['reset'];
  /** Of the agents of this customer. */
  connect: AgentHealth['connect'][];
  lastPasswordSyncAt?: number;
  now: number;
}

const STALE_MS = 30 * 60_000;

const CONNECT_FINDINGS: Partial<Record<AgentHealth['connect']['state'], string>> = {
  staging:
    'Azure AD Connect is in staging mode: it carries no passwords. Make another server the active one, or end staging mode.',
  suspended: 'The scheduler of Azure AD Connect is suspended. Start it again on its server.',
  disabled: 'The sync cycle of Azure AD Connect is switched off. Switch it on with Set-ADSyncScheduler.',
};

/** The likeliest reason, with what to do; never more than was found. */
export function whyNotThere({
  cloud,
  unreadable,
  reset,
  connect,
  lastPasswordSyncAt,
  now,
}: Circumstances): string {
  if (!cloud)
    return `Microsoft 365 could not be read${unreadable ? `: ${unreadable}` : '. Test the connection.'}`;
  if (!cloud.found)
    return 'No account in Microsoft 365 belongs to this one: it is not synced. Check the sync scope of Azure AD Connect.';
  if (cloud.synced !== true)
    return 'The account in Microsoft 365 is not synced from Active Directory, so its password there is another one. Reset it in Microsoft 365 as well.';
  if (reset.mustChange)
    return 'It must be changed at the next sign-in, and such passwords are synced only with the tenant feature ForcePasswordChangeOnLogOn. Until then the old password holds in Microsoft 365.';
  const found = connect.flatMap(({ state }) => CONNECT_FINDINGS[state] ?? [])[0];
  const working = connect.some(({ state }) => state === 'ready');
  if (found && !working) return found;
  if (lastPasswordSyncAt !== undefined && now - lastPasswordSyncAt > STALE_MS)
    return `Password hash sync is stale: the tenant had its last one ${Math.round((now - lastPasswordSyncAt) / 60_000)} min ago. Look at the events 611 and 652 on the server of Azure AD Connect.`;
  return 'No reason was found. Look at the events 656, 657 and 611 (source Directory Synchronization) on the server of Azure AD Connect.';
}
