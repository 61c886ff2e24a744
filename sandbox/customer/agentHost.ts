import { join } from 'node:path';
import type { CliDeps } from '../../agent/cli/cliDeps';
import { enrol } from '../../agent/cli/enrol';
import { faultOf } from '../../agent/cli/faultOf';
import { run } from '../../agent/cli/run';
import { readEnrolment } from '../../agent/identity';
import { createLinuxPlatform } from '../../agent/linux/createLinuxPlatform';
import type { Directory, EventLog } from '../../agent/ports';
import { type AgentSettings, pathsOf } from '../../agent/settings';
import { openAskedFile } from '../../agent/sync/askedFile';
import type { Connect } from '../../agent/sync/connect';
import { createDeltaSync } from '../../agent/sync/deltaSync';
import { systemTiming } from '../../agent/timing';
import { writeSettings } from '../../agent/writeSettings';
import type { CustomerDirectory } from './customerDirectory';

export interface AgentHostDeps {
  /** The agent's settings, secrets, queue and logs. */
  folder: string;
  /** The bot's address. */
  server: string;
  directory: CustomerDirectory;
  eventLog: EventLog;
  connect: Connect;
}

export type AgentState = 'notInstalled' | 'stopped' | 'starting' | 'watching';

/** The agent on the customer's domain controller. All of it is real except the machine. */
export interface AgentHost {
  state(): AgentState;
  /** The customer whose agent this is, as the bot says. */
  customer(): Promise<string | undefined>;
  /** Does the same as the install command. Resolves to its output, and throws CliFault. */
  install(token: string): Promise<string>;
  /** Does nothing while the agent runs, or is not installed. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const MACHINE = {
  id: 'b2d8e1a3-dc1',
  name: 'DC1',
  os: 'Windows Server 2022 Standard',
  domain: 'fabrikam.example',
};

export function createAgentHost(deps: AgentHostDeps): AgentHost {
  const config = join(deps.folder, 'agent.json');
  let running: { stop: AbortController; ended: Promise<void> } | undefined;
  let state: AgentState = 'notInstalled';
  const enrolled = () => readEnrolment(pathsOf(config).enrolment);
  const host: AgentHost = {
    state: () => state,
    customer: async () => (await enrolled())?.customer,
    async install(token) {
      await host.stop();
      try {
        return await enrolAs(config, deps, token);
      } finally {
        await host.start();
      }
    },
    async start() {
      if (running || !(await enrolled())) return;
      state = 'starting';
      const stop = new AbortController();
      const looked = () => {
        state = 'watching';
      };
      const ended = run(config, cliDeps(deps, { signal: stop.signal, looked }))
        .catch((error) => void process.stderr.write(`sandbox: the agent ended: ${faultOf(error).sentence}\n`))
        .finally(() => {
          running = undefined;
          state = 'stopped';
        });
      running = { stop, ended };
    },
    async stop() {
      running?.stop.abort();
      await running?.ended;
    },
  };
  return host;
}

/** What `install` does apart from copying a program: settings, the service account's password, enrolment. */
async function enrolAs(config: string, deps: AgentHostDeps, token: string): Promise<string> {
  const said: string[] = [];
  const { password, ...directory } = deps.directory.agent;
  const settings: AgentSettings = { server: deps.server, directory };
  const cli = { ...cliDeps(deps), installToken: token, print: (line: string) => void said.push(line) };
  try {
    await writeSettings(config, settings, cli.platform);
    await cli.platform.secretsIn(deps.folder).write('directoryPassword', Buffer.from(password));
    await enrol(config, settings, cli);
    return said.join(' ');
  } catch (error) {
    throw faultOf(error);
  }
}

const NEVER = { signal: new AbortController().signal, looked: () => undefined };

function cliDeps(
  { directory, eventLog, connect }: AgentHostDeps,
  { signal, looked }: { signal: AbortSignal; looked: () => void } = NEVER,
): CliDeps {
  return {
    platform: {
      ...createLinuxPlatform(),
      machine: async () => MACHINE,
      eventLog,
      openDeltaSyncs: ({ folder, ...given }) =>
        createDeltaSync({
          ...given,
          connect,
          file: openAskedFile(join(folder, 'deltaSync.json')),
          now: systemTiming.now,
          sleep: systemTiming.sleep,
        }),
    },
    program: { file: '', commandOf: (file) => ({ file, args: [] }) },
    readInput: async () => '',
    print: () => undefined,
    timing: systemTiming,
    openDirectory: (_settings, log) => afterFirstLook(directory.open(log), looked),
    signal,
  };
}

/** The second reading proves that the first one is finished: from then on the agent misses no reset. */
function afterFirstLook(directory: Directory, looked: () => void): Directory {
  let looks = 0;
  return {
    async state() {
      const found = await directory.state();
      looks += 1;
      if (looks === 2) looked();
      return found;
    },
    highestUsn: () => directory.highestUsn(),
    usersSince: (usn, unread) => directory.usersSince(usn, unread),
    close: () => directory.close(),
  };
}
