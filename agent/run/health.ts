import type { AgentHealth } from '../../domain/agentProtocol/health';
import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { AgentLog, DeltaSyncs, EventLog } from '../ports';
import { oneAtATime } from './oneAtATime';

/** What the agent knows about what it depends on. */
export interface HealthBook {
  tellDirectory(health: AgentHealth['directory']): void;
  /** How many users the agent cannot read. */
  tellUnread(count: number): void;
  /** What the agent knows now. It also starts a new look, but its caller never waits for another program. */
  current(): AgentHealth;
  /** Looks at Microsoft Entra Connect and the event log, and resolves when that ends. Never rejects. */
  look(): Promise<void>;
  /** Counts the changes that deserve an early beat. */
  news(): number;
  /** Aborts as soon as there is more news than that. */
  newsAfter(heard: number): AbortSignal;
}

export interface HealthDeps {
  deltaSyncs: Pick<DeltaSyncs, 'health'>;
  eventLog: Pick<EventLog, 'health'>;
  log: AgentLog;
  /** By this machine's clock. */
  now(): number;
}

/**
 * News is a state that was not known before, a delta sync that has ended, and the end of a trouble that
 * lasted longer than a beat. A state that got worse waits for the next beat, and so does one that comes and
 * goes: half a minute damps it.
 */
export function createHealthBook(
  { deltaSyncs, eventLog, log, now }: HealthDeps,
  directory: AgentHealth['directory'],
): HealthBook {
  let seen: AgentHealth = { directory, connect: { state: 'unknown' }, eventLog: { state: 'none' } };
  const directoryNews = newsOf(directory.state, now);
  const connectNews = newsOf(seen.connect.state, now);
  let eventLogKnown = false;
  let unreadUsers = 0;
  let count = 0;
  let wake = new AbortController();

  function note(isNews: boolean, found: Partial<AgentHealth>): void {
    seen = { ...seen, ...found };
    if (!isNews) return;
    count += 1;
    wake.abort();
    wake = new AbortController();
  }
  const failed = (err: unknown) => log.warn({ err }, 'the agent’s own health could not be checked');
  const looking = (look: () => Promise<void>) => oneAtATime(() => look().catch(failed));
  const lookAtConnect = looking(async () => {
    const connect = await deltaSyncs.health();
    const ended = connect.lastRunAt !== seen.connect.lastRunAt;
    note(connectNews(connect.state) || ended, { connect });
  });
  const lookAtEventLog = looking(async () => {
    const found = await eventLog.health();
    note(!eventLogKnown, { eventLog: found });
    eventLogKnown = true;
  });
  const look = async () => void (await Promise.all([lookAtConnect(), lookAtEventLog()]));

  return {
    tellDirectory: (health) => note(directoryNews(health.state), { directory: health }),
    tellUnread(count) {
      note(count > unreadUsers, {});
      unreadUsers = count;
    },
    current() {
      void look();
      return unreadUsers > 0 ? { ...seen, directory: { ...seen.directory, unreadUsers } } : seen;
    },
    look,
    news: () => count,
    newsAfter: (heard) => (count > heard ? AbortSignal.abort() : wake.signal),
  };
}

type State = AgentHealth['directory' | 'connect']['state'];
const NOT_KNOWN: ReadonlySet<State> = new Set(['starting', 'unknown'] as const);
const WELL: ReadonlySet<State> = new Set(['reading', 'ready', 'notInstalled', 'cloudSync'] as const);

/** Tells of each new state whether it is news. */
function newsOf(first: State, now: () => number): (state: State) => boolean {
  let before = first;
  let since = now();
  return (state) => {
    const [was, lasted] = [before, now() - since];
    before = state;
    if (WELL.has(was) !== WELL.has(state)) since = now();
    if (was === state) return false;
    return NOT_KNOWN.has(was) || (WELL.has(state) && !WELL.has(was) && lasted >= LIMITS.beatMs);
  };
}
