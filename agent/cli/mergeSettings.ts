import { readIfThere } from '../files';
import { type AgentSettings, parseSettings, readSettings } from '../settings';
import type { Options } from './parseCommand';

/** The settings that were written before; undefined: there are none. Throws SettingsFault. */
export const storedSettings = async (config: string): Promise<AgentSettings | undefined> =>
  (await readIfThere(config)) ? readSettings(config) : undefined;

/** The earlier settings, changed by the options of this call. Throws SettingsFault. */
export function mergeSettings(before: AgentSettings | undefined, options: Options): AgentSettings {
  const directory = mergeDirectory(before?.directory, options);
  const server = options.server ?? before?.server;
  const serverCa = options['server-ca'] ?? before?.serverCa;
  const proxy = options.proxy ?? before?.proxy;
  const runAs = runAsOf(options['run-as'], before?.runAs);
  return parseSettings(defined({ ...before, server, serverCa, proxy, directory, runAs }));
}

/** To go back to the default account of the task, an administrator has to name it. */
const runAsOf = (said: string | undefined, before: string | undefined) =>
  said?.toUpperCase() === 'SYSTEM' ? undefined : (said ?? before);

/** When the directory changes, the settings of the earlier domain controller do not count. */
function mergeDirectory(before: AgentSettings['directory'], { directory: url, account, pin, ca }: Options) {
  if (!url && !account && !pin && !ca) return before;
  const same = !url || url === before?.url;
  const base = same ? before : { account: before?.account };
  return { ...base, ...(defined({ url, account, pin, ca }) as object) };
}

/** Leaves undefined values out, so that messages call them missing. */
const defined = (value: object): unknown => JSON.parse(JSON.stringify(value));
