import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliDeps } from '../../../agent/cli/cliDeps';
import { runCommand } from '../../../agent/cli/runCommand';
import { createFileSecrets } from '../../../agent/linux/fileSecrets';
import { holdOnLinux } from '../../../agent/linux/hold';
import type { StartUpTask } from '../../../agent/ports';
import { directoryOf, directoryUserOf } from './agentParts';
import { AgentTiming } from './agentTiming';
import { FakeBot, INSTALL_TOKEN } from './fakeBot';

export const DIRECTORY_PASSWORD = 'an-obvious-directory-password';
const PIN = 'AB'.repeat(32);
export const DIRECTORY_OPTIONS =
  `--directory ldaps://dc1.contoso.test --account KEYTURN\\svc --pin ${PIN}`.split(' ');
export const INSTALL_SECRETS = { installToken: INSTALL_TOKEN, directoryPassword: DIRECTORY_PASSWORD };

/** The text of a program that prints its version. */
export const programOf = (version: string) => `console.log('${version}')`;

/**
 * A machine's start-up task, and what was done to it. A program can say in its text that it does not stay up.
 */
function memoryTask() {
  let state: Awaited<ReturnType<StartUpTask['state']>> = 'absent';
  const done: string[] = [];
  const task: StartUpTask & { registered?: Parameters<StartUpTask['register']>[0]; dies?: () => boolean } = {
    async register(program) {
      done.push('register');
      task.registered = program;
      if (state === 'absent') state = 'stopped';
    },
    async start() {
      done.push('start');
      state = task.dies?.() ? 'stopped' : 'running';
    },
    async stop() {
      done.push('stop');
      state = 'stopped';
    },
    async remove() {
      done.push('remove');
      state = 'absent';
    },
    state: async () => state,
    whyEnded: async () => (state === 'stopped' ? 'It ended with code 3.' : undefined),
  };
  return { task, done };
}

/**
 * A machine to install on: real files in a folder of its own, a bot, and the commands as a person types them.
 */
export async function installWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'agent-install-'));
  const bot = await new FakeBot().listen();
  const { task, done } = memoryTask();
  const source = join(folder, 'download', 'agent.js');
  const config = join(folder, 'data', 'settings.json');
  const output: string[] = [];
  const complaints: string[] = [];
  const timing = new AgentTiming(() => true);
  timing.at = Date.now();
  let administrator = true;
  const deps: CliDeps = {
    platform: {
      programFolder: join(folder, 'program'),
      dataFolder: join(folder, 'data'),
      isAdministrator: async () => administrator,
      machine: async () => ({ id: 'machine-1', name: 'DC1', os: 'Linux' }),
      async protect(path) {
        mkdirSync(path, { recursive: true });
        chmodSync(path, 0o700);
      },
      secretsIn: createFileSecrets,
      hold: holdOnLinux,
      startUpTask: task,
      domainController: async () => undefined,
      eventLog: { whoReset: async () => undefined, health: async () => ({ state: 'read' }) },
      connectHealth: async () => ({ state: 'ready' }),
      openDeltaSyncs: () => ({
        ask: async () => ({ outcome: 'ran', finding: '' }),
        health: async () => ({ state: 'ready' }),
        close: async () => undefined,
      }),
    },
    program: { file: source, commandOf: (copy) => ({ file: process.execPath, args: [copy] }) },
    readInput: async () => '',
    print: (line) => output.push(line),
    timing,
    openDirectory: () => directoryOf([directoryUserOf(1)]),
    signal: new AbortController().signal,
  };
  const program = (text: string) => {
    writeFileSync(source, text);
    return text;
  };
  const bare = (args: string[], more: Partial<CliDeps> = {}) =>
    runCommand(args, { ...deps, ...more }, (sentence) => complaints.push(sentence));
  const command = (args: string[], more: Partial<CliDeps> = {}) => bare([...args, '--config', config], more);
  mkdirSync(join(folder, 'download'));
  program(programOf('0.1.0'));
  return {
    folder,
    config,
    bot,
    deps,
    task,
    done,
    output,
    complaints,
    program,
    notAdministrator: () => {
      administrator = false;
    },
    /** The command without options of its own. */
    bare,
    command,
    /** The path of the installed program. */
    installed: join(folder, 'program', 'keyturn-agent.js'),
    install: (more: Partial<CliDeps> = {}) =>
      command(['install', '--server', bot.url, ...DIRECTORY_OPTIONS], { ...INSTALL_SECRETS, ...more }),
    async close() {
      await bot.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
