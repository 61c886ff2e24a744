import { type Directory, DirectoryFault, type DirectoryState, type ResetLog } from '../ports';
import { pause } from '../run/supervise';
import { backoffMs, type Timing } from '../timing';
import { boundedResetLog } from './boundedResetLog';
import { openMemory } from './memory';
import { createRecentResets, type NewReset } from './recentResets';
import { restsAfter, restUntilMoved } from './restUntilMoved';
import { type Gap, lookForResets } from './watchResets';
import type { Watch, WatchServices } from './watchServices';

/** Longest wait between two looks while the directory is away. */
const AWAY_MS = 30_000;

export interface WatchSettings {
  openDirectory(): Promise<Directory>;
  resetLog: ResetLog;
  /** The folder of the memory; one watch at a time uses it. */
  folder: string;
  timing: Timing;
}

/**
 * Looks as soon as anything changed, until the signal. While the directory is away, it reports that and
 * looks less and less often. Throws only faults that are no DirectoryFault.
 */
export function createWatch({ openDirectory, resetLog, folder, timing }: WatchSettings): Watch {
  return async (services) => {
    const { append, askDeltaSync, tellHealth, unread, clock, log, signal } = services;
    const memory = await openMemory(folder);
    const directory = await openDirectory();
    const askWho = boundedResetLog(resetLog, timing, log);
    const recent = createRecentResets();
    const tellLater = laterTeller(services);
    const deps = { directory, memory, append, askWho, recent, tellLater, unread, clock };
    const say = healthTeller(tellHealth, log);
    let gap: Gap = 'away';
    try {
      for (let failures = 0; !signal.aborted; ) {
        try {
          const began = timing.now();
          const { state, resets, read } = await lookForResets(deps, gap);
          say.reading(state);
          if (resets > 0) askDeltaSync(resets);
          gap = 'none';
          failures = 0;
          const rests = restsAfter(timing.now() - began, read);
          await restUntilMoved({ directory, timing, signal }, memory.mark()?.usn, rests);
        } catch (error) {
          if (!(error instanceof DirectoryFault)) throw error;
          say.failing(error);
          gap = gapAfter(error, gap);
          failures += 1;
          await pause(timing, backoffMs(failures + 1, AWAY_MS, timing.random), signal);
        }
      }
    } finally {
      await directory.close();
      await memory.close();
    }
  };
}

const gapAfter = ({ kind }: DirectoryFault, before: Gap): Gap =>
  kind === 'refused' || before === 'blind' ? 'blind' : 'away';

/** Answers that come after the agent began to stop are not told. */
function laterTeller({ append, log, signal }: Pick<WatchServices, 'append' | 'log' | 'signal'>) {
  const tell = async (resets: Promise<NewReset[]>) => {
    const known = await resets;
    if (!signal.aborted) await append(known);
  };
  return (resets: Promise<NewReset[]>) => {
    tell(resets).catch((error) => log.error({ err: error }, 'who set a password was not reported'));
  };
}

/** Tells the directory's health when it changes, and only then. */
function healthTeller(tellHealth: WatchServices['tellHealth'], log: WatchServices['log']) {
  let last = '';
  let known: Pick<DirectoryState, 'domain' | 'domainController'> | undefined;
  const say = (health: Parameters<typeof tellHealth>[0]) => {
    const text = JSON.stringify(health);
    if (text === last) return;
    last = text;
    tellHealth(health);
    const fields = { state: health.state, domainController: health.domainController };
    if (health.finding) log.warn(fields, health.finding);
    else log.info(fields, 'the directory is read');
  };
  return {
    reading({ domain, domainController }: DirectoryState) {
      known = { domain, domainController };
      say({ state: 'reading', ...known });
    },
    failing({ kind, sentence }: DirectoryFault) {
      say({ state: kind === 'plain' ? 'refused' : kind, ...known, finding: sentence });
    },
  };
}
