import { statfs } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { CliDeps } from '../cli/cliDeps';
import { EXIT, type ExitCode } from '../cli/cliFault';
import { faultOf } from '../cli/faultOf';
import { directoryOpener } from '../cli/run';
import { inspectQueue } from '../queue/inspectQueue';
import { type AgentSettings, pathsOf, readSettings } from '../settings';
import { checkBot } from './checkBot';
import { checkDirectory } from './checkDirectory';
import { checkConnect, checkEventLog, silent } from './checkServer';
import { type Finding, problem } from './finding';

type Check = () => Promise<Finding>;

const FREE_BYTES = 500 * 1024 * 1024;
const WAITING_MS = 10 * 60_000;

/**
 * Checks everything the agent depends on, one line each, and changes nothing. When one check fails, the
 * others still run.
 */
export async function doctor(config: string, deps: CliDeps): Promise<ExitCode> {
  const settings = await readSettings(config);
  const { platform } = deps;
  const checks: [string, Check][] = [
    ['Bot', () => checkBot(config, settings, deps)],
    ['Directory', () => checkedDirectory(config, settings, deps)],
    ['Microsoft Entra Connect', () => checkConnect(platform)],
    ['Event log', () => checkEventLog(platform)],
    ['Queue', () => checkQueue(config, deps)],
    ['Start-up task', () => checkTask(deps)],
    ...(settings.runAs ? [['Account', () => checkedAs(settings.runAs)] satisfies [string, Check]] : []),
  ];
  let problems = 0;
  for (const [name, check] of checks) {
    const { state, sentence } = await check().catch((error) => problem(faultOf(error).sentence));
    if (state === 'problem') problems += 1;
    deps.print(`${state === 'problem' ? 'PROBLEM' : state.padEnd(7)} ${name}: ${sentence}`);
  }
  return problems > 0 ? EXIT.found : EXIT.ok;
}

async function checkedDirectory(
  config: string,
  { directory }: AgentSettings,
  deps: CliDeps,
): Promise<Finding> {
  if (!directory)
    return {
      state: 'note',
      sentence: 'None is set, so no resets are seen. Install the agent with --directory.',
    };
  const open = await directoryOpener(config, directory, deps, silent);
  return checkDirectory(open);
}

async function checkQueue(config: string, { timing }: CliDeps): Promise<Finding> {
  const { folder, queue } = pathsOf(config);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < FREE_BYTES)
    return problem(`Only ${Math.round(free / 1024 ** 2)} MB are free in ${folder}. Free some space.`);
  const { events, oldestAt = timing.now() } = await inspectQueue(queue);
  const minutes = Math.round((timing.now() - oldestAt) / 60_000);
  const sentence = `${events} events wait to be sent to the bot.`;
  if (minutes * 60_000 > WAITING_MS)
    return problem(`${sentence} The oldest is ${minutes} min old: see "Bot" above.`);
  return { state: 'ok', sentence };
}

async function checkTask({ platform: { startUpTask } }: CliDeps): Promise<Finding> {
  const state = await startUpTask.state();
  if (state === 'running') return { state: 'ok', sentence: 'The agent runs.' };
  const why = state === 'stopped' ? await startUpTask.whyEnded() : undefined;
  const what = state === 'absent' ? 'has no start-up task' : 'does not run';
  return problem(`The agent ${what}.${why ? ` ${why}` : ''} Run "keyturn-agent repair".`);
}

/** The rights checked here are those of the person who asks; the agent's own rights may differ. */
async function checkedAs(runAs = ''): Promise<Finding> {
  const sentence = `These checks ran as ${userInfo().username}. The agent runs as ${runAs}, which may have other rights.`;
  return { state: 'note', sentence };
}
