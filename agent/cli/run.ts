import { makePrivateFolder } from '../files';
import { openLog } from '../log';
import { openJournal } from '../orders/journal';
import type { AgentLog, Directory } from '../ports';
import { openQueue } from '../queue/openQueue';
import { queueKey } from '../queue/queueKey';
import { runAgent } from '../run/runAgent';
import { type DirectorySettings, pathsOf, readSettings } from '../settings';
import { createWatch } from '../watch/runWatch';
import type { CliDeps } from './cliDeps';
import { CliFault, EXIT } from './cliFault';
import { openBot } from './openBot';

/**
 * Runs the agent until somebody asks the process to stop. Only one runs on a data folder, because two
 * queues there would lose events. Throws what keeps it from starting, and logs it.
 */
export async function run(config: string, deps: CliDeps): Promise<void> {
  const paths = pathsOf(config);
  const settings = await readSettings(config);
  await makePrivateFolder(paths.logs);
  const { platform, timing } = deps;
  const release = await platform.hold(paths.folder);
  if (!release)
    throw new CliFault(EXIT.held, `Another agent runs with ${paths.folder}, so this one stopped.`);
  const log = openLog(paths.logs);
  try {
    const bot = await openBot(config, settings, deps);
    if (!bot.enrolment)
      throw new CliFault(EXIT.identity, 'The agent is not enrolled: run "keyturn-agent repair".');
    const secrets = platform.secretsIn(paths.folder);
    const key = await queueKey(secrets);
    const queue = await openQueue({ folder: paths.queue, key, log, now: bot.clock.now });
    const { clock, client } = bot;
    const journal = await openJournal({ folder: paths.orders, log, now: clock.now });
    const append = (events: Parameters<typeof queue.append>[0]) => queue.append(events);
    const deltaSyncs = platform.openDeltaSyncs({ append, clock, log, folder: paths.deltaSyncs });
    const { eventLog } = platform;
    const directory = settings.directory && (await directoryParts(config, settings.directory, deps, log));
    await runAgent(
      { client, clock, queue, journal, deltaSyncs, eventLog, directory, log, timing },
      deps.signal,
    );
    bot.close();
  } catch (error) {
    log.error({ err: error }, 'the agent cannot run');
    throw error;
  } finally {
    await log.close();
    await release();
  }
}

async function directoryParts(config: string, settings: DirectorySettings, deps: CliDeps, log: AgentLog) {
  const open = await directoryOpener(config, settings, deps, log);
  const { platform, timing } = deps;
  const folder = pathsOf(config).watch;
  const watch = createWatch({ openDirectory: open, resetLog: platform.eventLog, folder, timing });
  return { open, watch };
}

/** Opens the directory with the stored password. Throws CliFault when there is none. */
export async function directoryOpener(
  config: string,
  directory: DirectorySettings,
  deps: CliDeps,
  log: AgentLog,
): Promise<() => Promise<Directory>> {
  const kept = await deps.platform.secretsIn(pathsOf(config).folder).read('directoryPassword');
  if (!kept) {
    const sentence = `The password of ${directory.account} is not stored here. Set KEYTURN_DIRECTORY_PASSWORD and run "keyturn-agent install".`;
    throw new CliFault(EXIT.settings, sentence);
  }
  const password = kept.toString('utf8');
  return async () => deps.openDirectory({ ...directory, password }, log);
}
