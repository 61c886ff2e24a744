import type { AgentLog, Directory, EventLog } from '../../agent/ports';
import type { PasswordReset } from '../../domain/agentProtocol/agentEvent';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';

/** How a password is set at the customer. */
export const WAYS = ['administrator', 'mustChange', 'user'] as const;
export type Way = (typeof WAYS)[number];

/** The customer's Active Directory, as people there use it. */
export interface CustomerDirectory {
  /** As the page names it. */
  name: string;
  /** What the agent is configured with. */
  agent: { url: string; account: string; ca?: string; password: string };
  /** For one reader, which closes it. */
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
/** A reset and its event lie this close together. */
const APART_MS = 5_000;

/** The security log of the domain controller, written by what people do on the page. */
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
