import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { UnreadUsers } from '../directory/unreadUsers';
import type { AgentClock, AgentLog, EventQueue } from '../ports';

/** What a watcher of the directory is given; it looks until `signal` is aborted, and is started again when it throws. */
export interface WatchServices {
  append: EventQueue['append'];
  /** Asks for a delta sync after that many resets. */
  askDeltaSync(resets: number): void;
  /** Who of the directory cannot be read. */
  unread: UnreadUsers;
  /** How the directory is, each time that changes. */
  tellHealth(health: AgentHealth['directory']): void;
  clock: AgentClock;
  log: AgentLog;
  signal: AbortSignal;
}
export type Watch = (services: WatchServices) => Promise<void>;
