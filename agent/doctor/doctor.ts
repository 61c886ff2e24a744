import { statfs } from 'node:fs/promises';
import type { CliDeps } from '../cli/cliDeps';
import { EXIT, type ExitCode } from '../cli/cliFault';
import { faultOf } from '../cli/faultOf';
import { openBot, proveIdentity } from '../cli/openBot';
import { directoryOpener } from '../cli/run';
import { inspectQueue } from '../queue/inspectQueue';
import { type AgentSettings, placesOf, readSettings } from '../settings';
import { checkDirectory } from './checkDirectory';
import { checkConnect, checkEventLog, silent } from './checkServer';

/** What a check found: `ok` and `note` need nothing to be done. */
export interface Finding {
  state: 'ok' | 'note' | 'problem';
  sentence: string;
}
type Check = () => Promise<Finding>;

const CLOCK_MS = 2 * 60_000;
const FREE_BYTES = 500 * 1024 * 1024;
const WAITING_MS = 10 * 60_000;

/** Checks what the agent depends on, one line each, and changes nothing. A check that fails keeps no other from being made. */
export async function doctor(config: string, deps: CliDeps): Promise<ExitCode> {
  const settings = await readSettings(config);
  const { platform } = deps;
  const checks: [string, Check][] = [
    ['Bot', () => checkBot(config, settings, deps)],
    ['Directory', () => checkedDirectory(config, settings, deps)],
    ['Azure AD Connect', () => checkConnect(platform, config)],
    ['Event log', () => checkEventLog(platform)],
    ['Queue', () => checkQueue(config, deps)],
    ['Start-up task', () => checkTask(deps)],
  ];
  let problems = 0;
  for (const [name, check] of checks) {
    const { state, sentence } = await check().catch((error) => problem(faultOf(error).sentence));
    if (state === 'problem') problems += 1;
    deps.print(`${state === 'problem' ? 'PROBLEM' : state.padEnd(7)} ${name}: ${sentence}`);
  }
  return problems > 0 ? EXIT.found : EXIT.ok;
}

const problem = (sentence: string): Finding => ({ state: 'problem', sentence });

async function checkBot(config: string, settings: AgentSettings, deps: CliDeps): Promise<Finding> {
  const bot = await openBot(config, settings, deps);
  try {
    if (!bot.enrolment)
      return problem('The agent is not enrolled. Run "keyturn-agent repair" with an install token.');
    const { customer } = await proveIdentity(bot, deps);
    const skewMs = bot.clock.skewMs();
    if (Math.abs(skewMs) < CLOCK_MS)
      return { state: 'ok', sentence: `${settings.server} knows this agent of ${customer}.` };
    const minutes = Math.round(Math.abs(skewMs) / 60_000);
    const way = skewMs > 0 ? 'behind' : 'ahead';
    return problem(
      `The clock of this machine is ${minutes} min ${way}. The agent copes; Kerberos does not: set the time.`,
    );
  } finally {
    bot.close();
  }
}

async function checkedDirectory(
  config: string,
  { directory }: AgentSettings,
  deps: CliDeps,
): Promise<Finding> {
  if (!directory)
    return { state: 'note', sentence: 'None is configured: resets are not seen. Install with --directory.' };
  const open = await directoryOpener(config, directory, deps, silent);
  return checkDirectory(open);
}

async function checkQueue(config: string, { timing }: CliDeps): Promise<Finding> {
  const { folder, queue } = placesOf(config);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < FREE_BYTES)
    return problem(`Only ${Math.round(free / 1024 ** 2)} MB are free in ${folder}. Make room.`);
  const { events, oldestAt = timing.now() } = await inspectQueue(queue);
  const minutes = Math.round((timing.now() - oldestAt) / 60_000);
  const sentence = `${events} events wait for the bot.`;
  if (minutes * 60_000 > WAITING_MS)
    return problem(`${sentence} The oldest is ${minutes} min old: see "Bot" above.`);
  return { state: 'ok', sentence };
}

async function checkTask({ platform }: CliDeps): Promise<Finding> {
  const state = await platform.startUpTask.state();
  if (state === 'running') return { state: 'ok', sentence: 'The agent runs.' };
  return problem(
    `The agent ${state === 'absent' ? 'has no start-up task' : 'does not run'}. Run "keyturn-agent repair".`,
  );
}
