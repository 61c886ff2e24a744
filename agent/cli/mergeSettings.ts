import { readIfThere } from '../files';
import { type AgentSettings, parseSettings, readSettings } from '../settings';
import type { Options } from './parseCommand';

/** What was set before; undefined: nothing. Throws SettingsFault. */
export const storedSettings = async (config: string): Promise<AgentSettings | undefined> =>
  (await readIfThere(config)) ? readSettings(config) : undefined;

/** What was set before, with what the options say now. Throws SettingsFault. */
export function mergeSettings(before: AgentSettings | undefined, options: Options): AgentSettings {
  const directory = mergeDirectory(before?.directory, options);
  const server = options.server ?? before?.server;
  const serverCa = options['server-ca'] ?? before?.serverCa;
  const proxy = options.proxy ?? before?.proxy;
  const runAs = runAsOf(options['run-as'], before?.runAs);
  return parseSettings(defined({ ...before, server, serverCa, proxy, directory, runAs }));
}

/** What the task runs as when nothing else is set has to be named to get back to it. */
const runAsOf = (said: string | undefined, before: string | undefined) =>
  said?.toUpperCase() === 'SYSTEM' ? undefined : (said ?? before);

/** What was set of another domain controller counts for nothing. */
function mergeDirectory(before: AgentSettings['directory'], { directory: url, account, pin, ca }: Options) {
  if (!url && !account && !pin && !ca) return before;
  const same = !url || url === before?.url;
  const base = same ? before : { account: before?.account };
  return { ...base, ...(defined({ url, account, pin, ca }) as object) };
}

/** Without what is undefined, so that it is missing in a message, too. */
const defined = (value: object): unknown => JSON.parse(JSON.stringify(value));
