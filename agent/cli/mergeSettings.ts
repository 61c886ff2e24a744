import { readIfThere } from '../files';
import { type AgentSettings, parseSettings, readSettings } from '../settings';
import type { Options } from './parseCommand';

/** What was set before, with what the options say now. Throws SettingsFault. */
export async function mergeSettings(config: string, options: Options): Promise<AgentSettings> {
  const before = (await readIfThere(config)) ? await readSettings(config) : undefined;
  const directory = mergeDirectory(before?.directory, options);
  const server = options.server ?? before?.server;
  const serverCa = options['server-ca'] ?? before?.serverCa;
  const proxy = options.proxy ?? before?.proxy;
  return parseSettings(
    defined({ ...before, server, serverCa, proxy, directory, runAs: options['run-as'] ?? before?.runAs }),
  );
}

/** What was set of another domain controller counts for nothing. */
function mergeDirectory(before: AgentSettings['directory'], { directory: url, account, pin, ca }: Options) {
  if (!url && !account && !pin && !ca) return before;
  const same = !url || url === before?.url;
  const base = same ? before : { account: before?.account };
  return { ...base, ...(defined({ url, account, pin, ca }) as object) };
}

/** Without what is undefined, so that it is missing in a message, too. */
const defined = (value: object): unknown => JSON.parse(JSON.stringify(value));
