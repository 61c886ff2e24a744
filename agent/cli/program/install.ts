import { PlatformFault } from '../../ports';
import { type AgentSettings, pathsOf } from '../../settings';
import { writeSettings } from '../../writeSettings';
import type { CliDeps } from '../cliDeps';
import { CliFault, EXIT } from '../cliFault';
import { enrol } from '../enrol';
import { forgetUnreadable } from '../forgetUnreadable';
import { mergeSettings, storedSettings } from '../mergeSettings';
import type { Options } from '../parseCommand';
import { onController } from './onController';
import { installedProgram, type PreparedProgram, prepareItself } from './prepareProgram';
import { refuseOlder } from './refuseOlder';
import { staysUp } from './staysUp';

/**
 * Sets up program, settings, secrets, enrolment and start-up task. It leaves what is already right, and is
 * safe to repeat.
 */
export const install = (config: string, options: Options, deps: CliDeps): Promise<void> =>
  put(config, options, deps, false);

/** Like install, but keeps an identity that works even when there is an install token. */
export const repair = (config: string, options: Options, deps: CliDeps): Promise<void> =>
  put(config, options, deps, true);

/** An agent that is already installed runs until everything is ready for the new one. */
async function put(config: string, options: Options, deps: CliDeps, keep: boolean): Promise<void> {
  await requireAdministrator(deps);
  const prepared = await prepareItself(deps);
  try {
    if (prepared && !options['allow-older']) await refuseOlder('This program', prepared, deps);
    const stored = await storedSettings(config);
    const merged = mergeSettings(stored, await onController(options, stored, deps));
    await forgetUnreadable(config, deps);
    if (!options['make-account']) await requirePassword(config, merged, deps);
    const settings = await writeSettings(config, merged, deps.platform);
    deps.print(`The settings are ${config}.`);
    await enrol(config, settings, deps, keep);
    const password = options['make-account'] ? await ownPassword(deps) : deps.directoryPassword;
    await keepPassword(config, settings, password, deps);
    await start(config, settings, prepared, deps);
  } finally {
    await prepared?.discard();
  }
}

export async function requireAdministrator({ platform }: CliDeps): Promise<void> {
  if (!(await platform.isAdministrator()))
    throw new PlatformFault(
      'notAdministrator',
      'Run it as administrator (Windows: elevated PowerShell; Linux: root).',
    );
}

/**
 * The task is off only while its program changes. If replacing or registering fails, a task that ran before
 * runs again.
 */
async function start(
  config: string,
  { runAs }: AgentSettings,
  prepared: PreparedProgram | undefined,
  deps: CliDeps,
): Promise<void> {
  const { startUpTask } = deps.platform;
  const before = await startUpTask.state();
  try {
    if (before !== 'absent') await startUpTask.stop();
    await prepared?.swapIn();
    await startUpTask.register({ ...commandLine(config, deps), account: runAs });
  } catch (error) {
    if (before === 'running') await startUpTask.start();
    throw error;
  }
  deps.print(`The program is ${installedProgram(deps)}.`);
  await startUpTask.start();
  if (!(await staysUp(deps))) throw await notUp(config, deps);
  deps.print('The agent runs. It starts with the machine.');
}

async function notUp(config: string, { platform }: CliDeps): Promise<CliFault> {
  const why = await platform.startUpTask.whyEnded();
  const sentence = `The agent was installed, but it stops again.${why ? ` ${why}` : ''} Its log is in ${pathsOf(config).logs}.`;
  return new CliFault(EXIT.task, sentence);
}

function commandLine(config: string, deps: CliDeps): { file: string; args: string[] } {
  const { file, args } = deps.program.commandOf(installedProgram(deps));
  return { file, args: [...args, '--config', config, 'run'] };
}

async function requirePassword(config: string, { directory }: AgentSettings, deps: CliDeps): Promise<void> {
  if (!directory || deps.directoryPassword) return;
  if (!(await deps.platform.secretsIn(pathsOf(config).folder).read('directoryPassword')))
    throw new CliFault(EXIT.usage, `Set KEYTURN_DIRECTORY_PASSWORD to the password of ${directory.account}.`);
}

async function keepPassword(
  config: string,
  { directory }: AgentSettings,
  password: string | undefined,
  { platform }: CliDeps,
): Promise<void> {
  if (!directory || !password) return;
  await platform.secretsIn(pathsOf(config).folder).write('directoryPassword', Buffer.from(password));
}

/**
 * Makes the account's password only after every step that may fail: until then a running agent uses the
 * earlier password.
 */
async function ownPassword({ platform, print }: CliDeps): Promise<string | undefined> {
  const controller = await platform.domainController();
  if (!controller) return undefined;
  const { made, password } = await controller.setAccount();
  print(`${controller.account} ${made ? 'was made' : 'has a new password'}: with it the agent reads users.`);
  return password;
}
