import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUnreadUsers } from '../../../agent/directory/unreadUsers';
import type { ResetLog } from '../../../agent/ports';
import { createWatch } from '../../../agent/watch/runWatch';
import type { WatchServices } from '../../../agent/watch/watchServices';
import type { NewAgentEvent } from '../../../domain/agentProtocol/agentEvent';
import { MemoryDirectory } from '../../../sandbox/directory/memoryDirectory';
import { AgentTiming } from './agentTiming';
import { quietLog } from './watchWorld';

const isPause = (ms: number) => ms !== 2_500;

/** A watch on a directory in memory, with a clock that the test moves. */
export function runningWatch(resetLog: ResetLog = { whoReset: async () => undefined }) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-watch-'));
  const timing = new AgentTiming();
  const directory = new MemoryDirectory(timing.now);
  const told: NewAgentEvent[] = [];
  const asked: number[] = [];
  const health: Parameters<WatchServices['tellHealth']>[0][] = [];
  const stop = new AbortController();
  const watch = createWatch({ openDirectory: async () => directory, resetLog, folder, timing });
  const running = watch({
    append: async (events) => void told.push(...events),
    unread: createUnreadUsers(() => undefined, quietLog),
    askDeltaSync: (resets) => void asked.push(resets),
    tellHealth: (state) => void health.push(state),
    clock: timing,
    log: quietLog,
    signal: stop.signal,
  });
  return {
    timing,
    directory,
    told,
    asked,
    health,
    running,
    /** Resolves when it rests, with the length of the rest. */
    async rested() {
      await timing.sleeper(isPause);
      return timing.slept.filter(isPause).at(-1);
    },
    /** Lets exactly that rest pass. */
    async rest() {
      timing.advance((await this.rested()) ?? 0);
      await this.rested();
    },
    async nextLook() {
      timing.advance(60_000);
      return this.rested();
    },
    async close() {
      stop.abort();
      await running;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
