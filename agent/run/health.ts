import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { DeltaSyncs, EventLog } from '../ports';

/** Azure AD Connect and the event log are asked by other programs: too dear for every beat. */
const LOOK_MS = 10 * 60_000;

/** What the agent knows about what it depends on. */
export interface HealthBook {
  tellDirectory(health: AgentHealth['directory']): void;
  current(): Promise<AgentHealth>;
}

export function createHealthBook(
  parts: { deltaSyncs: Pick<DeltaSyncs, 'health'>; eventLog: Pick<EventLog, 'health'> },
  now: () => number,
  directory: AgentHealth['directory'],
): HealthBook {
  let seen = directory;
  const connect = remembered(() => parts.deltaSyncs.health(), now);
  const eventLog = remembered(() => parts.eventLog.health(), now);
  return {
    tellDirectory(health) {
      seen = health;
    },
    current: async () => ({ directory: seen, connect: await connect(), eventLog: await eventLog() }),
  };
}

function remembered<T>(look: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { value: T; at: number } | undefined;
  return async () => {
    if (!last || Math.abs(now() - last.at) >= LOOK_MS) last = { value: await look(), at: now() };
    return last.value;
  };
}
