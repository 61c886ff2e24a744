import type { AgentLog, Directory, EventLog } from '../../agent/ports';
import type { PasswordReset } from '../../domain/agentProtocol/agentEvent';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';

/** The ways to set a password at the customer. */
export const WAYS = ['administrator', 'mustChange', 'user'] as const;
export type Way = (typeof WAYS)[number];

/** The customer's Active Directory, as people there use it. */
export interface CustomerDirectory {
  /** The name on the page. */
  name: string;
  /** The agent's settings for this directory. */
  agent: { url: string; account: string; ca?: string; password: string };
  /** Opens the directory for one reader, which closes it. */
  open(log: AgentLog): Directory;
  users(): Promise<DirectoryUser[]>;
  /** Throws UnknownUser for a sAMAccountName that is not there. */
  setPassword(samAccountName: string, way: Way): Promise<void>;
  close(): Promise<void>;
}

export class UnknownUser extends Error {
  override readonly name = 'UnknownUser';
}

const KEPT = 1000;
/** A reset and its log entry are at most this far apart. */
const APART_MS = 5_000;

/** The security log of the domain controller. Actions on the page write it. */
export function createSecurityLog(now: () => number) {
  const said: ({ samAccountName: string; at: number } & Pick<PasswordReset, 'how' | 'by'>)[] = [];
  const eventLog: EventLog = {
    whoReset: async ({ samAccountName, objectSid = '' }, changedAt) => {
      const found = said.findLast(
        (event) => event.samAccountName === samAccountName && Math.abs(event.at - changedAt) < APART_MS,
      );
      if (!found?.by || found.how !== 'change') return found && { how: found.how, by: found.by };
      return { how: 'change', by: { ...found.by, sid: objectSid } };
    },
    health: async () => ({ state: 'read' }),
  };
  return {
    eventLog,
    note(samAccountName: string, way: Way): void {
      const name = way === 'user' ? samAccountName : 'adm-brandt';
      const by = { name, domain: 'FABRIKAM', sid: 'S-1-5-21-2857422465-1465058494-1690550294-1001' };
      said.push({ samAccountName, at: now(), how: way === 'user' ? 'change' : 'reset', by });
      if (said.length > KEPT) said.shift();
    },
  };
}
export type SecurityLog = ReturnType<typeof createSecurityLog>;
