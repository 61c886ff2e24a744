import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PowershellFault } from '../../../agent/powershell/powershellFault';
import { openAskedFile } from '../../../agent/sync/askedFile';
import type { Connect, FoundConnect } from '../../../agent/sync/connect';
import { createDeltaSync } from '../../../agent/sync/deltaSync';
import type { NewAgentEvent } from '../../../domain/agentProtocol/agentEvent';

export const READY: FoundConnect = {
  sync: true,
  cloudSync: false,
  scheduler: { enabled: true, staging: false, suspended: false, inProgress: false, running: [] },
};
export const ABSENT: FoundConnect = { sync: false, cloudSync: false };

/** Gives each test a folder and a world in it. */
export function useDeltaSyncs() {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyturn-sync-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return (found: FoundConnect = READY) => deltaSyncWorld(folder, found);
}

/** Microsoft Entra Connect whose cycles end when the test says so, with a clock that the test moves. */
function deltaSyncWorld(folder: string, found: FoundConnect) {
  let now = 1_000_000;
  let skew = 0;
  let started = 0;
  let looks = 0;
  const ends: (() => void)[] = [];
  const sleepers: { until: number; wake(): void }[] = [];
  const events: NewAgentEvent[] = [];
  const failures: unknown[] = [];
  const connect: Connect = {
    look: async () => {
      looks += 1;
      return found;
    },
    startDelta: async () => {
      started += 1;
    },
    waitUntilIdle: (_first, _seconds, signal) =>
      new Promise((resolve, reject) => {
        ends.push(() => resolve(true));
        signal.addEventListener('abort', () => reject(new PowershellFault('stopped', {})), {
          once: true,
        });
      }),
  };
  const file = join(folder, 'deltaSync.json');
  const open = (append = async (added: NewAgentEvent[]) => void events.push(...added)) =>
    createDeltaSync({
      connect,
      file: openAskedFile(file),
      append,
      clock: { now: () => now + skew },
      now: () => now,
      log: { info: () => undefined, warn: (fields) => void failures.push(fields), error: () => undefined },
      sleep: (ms, signal) =>
        new Promise((wake, stop) => {
          sleepers.push({ until: now + ms, wake });
          signal.addEventListener('abort', () => stop(signal.reason), { once: true });
        }),
    });
  return {
    open,
    file,
    events,
    failures,
    started: () => started,
    looks: () => looks,
    /** Ends the running cycle. */
    async endCycle(seconds = 74) {
      await until(() => ends.length > 0);
      now += seconds * 1000;
      ends.shift()?.();
    },
    pass(ms: number) {
      now += ms;
      for (const sleeper of sleepers.filter(({ until: at }) => at <= now)) sleeper.wake();
    },
    now: () => now,
    learns(ms: number) {
      skew = ms;
    },
  };
}

/** Resolves when `isSo` holds. It looks in every turn of the event loop and never sleeps. */
export async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise(setImmediate);
}
