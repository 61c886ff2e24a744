import { readIfThere } from '../files';
import { type AgentSettings, parseSettings, readSettings, SettingsFault } from '../settings';
import type { Options } from './parseCommand';

/** What was set before, with what the options say now. Throws SettingsFault. */
export async function mergeSettings(config: string, options: Options): Promise<AgentSettings> {
  const before = (await readIfThere(config)) ? await readSettings(config) : undefined;
  if (!options.directory && (options.account || options.pin || options.ca))
    throw new SettingsFault(['directory: --account, --pin and --ca belong to --directory']);
  const { directory: url, account, pin, ca } = options;
  const directory = url ? { url, account, pin, ca } : before?.directory;
  const server = options.server ?? before?.server;
  const serverCa = options['server-ca'] ?? before?.serverCa;
  const proxy = options.proxy ?? before?.proxy;
  return parseSettings(
    defined({ ...before, server, serverCa, proxy, directory, runAs: options['run-as'] ?? before?.runAs }),
  );
}

/** Without what is undefined, so that it is missing in a message, too. */
const defined = (value: object): unknown => JSON.parse(JSON.stringify(value));
