import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { UnreadUsers } from '../directory/unreadUsers';
import type { AgentClock, AgentLog, EventQueue } from '../ports';

/**
 * What a watch of the directory works with. It looks until `signal` is aborted, and is started again when
 * it throws.
 */
export interface WatchServices {
  append: EventQueue['append'];
  /** Asks for a delta sync after that many resets. */
  askDeltaSync(resets: number): void;
  /** The users whom the agent cannot read. */
  unread: UnreadUsers;
  /** Tells the state of the directory each time it changes. */
  tellHealth(health: AgentHealth['directory']): void;
  clock: AgentClock;
  log: AgentLog;
  signal: AbortSignal;
}
export type Watch = (services: WatchServices) => Promise<void>;
