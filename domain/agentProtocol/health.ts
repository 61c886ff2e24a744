import { z } from 'zod';
import { moment as at } from './moment';
import { words } from './text';

const sentence = words(500);

/** What the agent found out about the directory that it reads. */
const directoryHealth = z.object({
  state: z.enum(['reading', 'notConfigured', 'unreachable', 'refused', 'certificate', 'starting']),
  domain: words(255).optional(),
  domainController: words(255).optional(),
  /** What is wrong and what to do, when the agent is not reading. */
  finding: sentence.optional(),
  /**
   * How many users the agent cannot read, so that it would see no reset of theirs; absent: it knows of
   * none.
   */
  unreadUsers: z.number().int().nonnegative().optional().catch(undefined),
});

/** The state of Azure AD Connect on the agent's server. */
const CONNECT_STATES = [
  'notInstalled',
  'ready',
  'staging', // imports and syncs, exports nothing, carries no passwords
  'suspended', // SchedulerSuspended
  'disabled', // SyncCycleEnabled is false
  'noRights',
  'noModule', // the service is there, but its PowerShell module cannot be loaded
  'cloudSync', // the cloud sync agent is there instead: no delta sync can be started
  'unknown',
] as const;
const connectHealth = z.object({
  state: z.enum(CONNECT_STATES),
  finding: sentence.optional(),
  lastRunAt: at.optional(),
});

/** Whether the security log tells who reset a password. */
const eventLogHealth = z.object({
  state: z.enum(['read', 'noRights', 'none']),
  finding: sentence.optional(),
});

export const agentHealth = z.object({
  directory: directoryHealth,
  connect: connectHealth,
  eventLog: eventLogHealth,
});
export type AgentHealth = z.output<typeof agentHealth>;
export type ConnectHealth = AgentHealth['connect'];
