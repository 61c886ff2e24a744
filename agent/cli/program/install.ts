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

/** Program, settings, secrets, enrolment, start-up task. What is right already stays; safe to repeat. */
export const install = (config: string, options: Options, deps: CliDeps): Promise<void> =>
  put(config, options, deps, false);

/** As install, but an identity that works is kept even when there is an install token. */
export const repair = (config: string, options: Options, deps: CliDeps): Promise<void> =>
  put(config, options, deps, true);

/** An agent that was there runs on until everything is ready for the new one. */
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
    await keepPassword(
      config,
      settings,
      options['make-account'] ? await ownPassword(deps) : deps.directoryPassword,
      deps,
    );
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

/** The task is off only while its program changes. One that ran runs again when the new one could not be put in its place, or not be registered. */
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
  deps.print('The agent runs, and starts with the machine.');
}

async function notUp(config: string, { platform }: CliDeps): Promise<CliFault> {
  const why = await platform.startUpTask.whyEnded();
  const sentence = `The agent was installed, but does not stay up.${why ? ` ${why}` : ''} Its log is in ${pathsOf(config).logs}.`;
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

/** Asked for only when all that may fail is done: an agent that runs goes on with the password before until then. */
async function ownPassword({ platform, print }: CliDeps): Promise<string | undefined> {
  const controller = await platform.domainController();
  if (!controller) return undefined;
  const { made, password } = await controller.setAccount();
  print(`${controller.account} ${made ? 'was made' : 'has a new password'}: with it the agent reads users.`);
  return password;
}
