import { makePrivateFolder } from '../files';
import { PlatformFault } from '../ports';
import { type AgentSettings, placesOf, writeSettings } from '../settings';
import type { CliDeps } from './cliDeps';
import { CliFault, EXIT } from './cliFault';
import { enrol } from './enrol';
import { mergeSettings } from './mergeSettings';
import type { Options } from './parseCommand';
import { copyItself, installedProgram } from './placeProgram';

/** Program, settings, secrets, enrolment, start-up task. What is right already stays; safe to repeat. */
export const install = (config: string, options: Options, deps: CliDeps): Promise<void> =>
  put(config, options, deps, false);

/** As install, but an identity that works is kept even when there is an install token. */
export const repair = (config: string, options: Options, deps: CliDeps): Promise<void> =>
  put(config, options, deps, true);

async function put(config: string, options: Options, deps: CliDeps, keep: boolean): Promise<void> {
  await requireAdministrator(deps);
  const settings = await mergeSettings(config, await withCertificate(options, deps));
  await requirePassword(config, settings, deps);
  await set(config, settings, deps, keep);
}

/** On the domain controller itself: its own certificate is pinned, so that no authority is needed. */
async function withCertificate(options: Options, { platform, print }: CliDeps): Promise<Options> {
  if (!options['make-certificate']) return options;
  const { name, made, sha256 } = await platform.ensureLdapsCertificate();
  print(`${name} ${made ? 'was given a certificate' : 'has a certificate'} for LDAPS: ${sha256}`);
  return { ...options, directory: `ldaps://${name}`, pin: sha256 };
}

export async function requireAdministrator({ platform }: CliDeps): Promise<void> {
  if (!(await platform.isAdministrator()))
    throw new PlatformFault(
      'notAdministrator',
      'Run it as administrator (Windows: elevated PowerShell; Linux: root).',
    );
}

/** A task that was there runs again when something goes wrong on the way. */
async function set(config: string, settings: AgentSettings, deps: CliDeps, keep: boolean): Promise<void> {
  const { startUpTask } = deps.platform;
  const before = await startUpTask.state();
  if (before === 'running') await startUpTask.stop();
  try {
    await copyItself(deps);
    deps.print(`The program is ${installedProgram(deps)}.`);
    await writeSettings(config, settings, deps.platform.protect);
    await keepPassword(config, settings, deps);
    deps.print(`The settings are ${config}.`);
    await enrol(config, settings, deps, keep);
    await startUpTask.register({ ...commandLine(config, deps), account: settings.runAs });
    await startUpTask.start();
    deps.print('The agent runs, and starts with the machine.');
  } catch (error) {
    if (before === 'running') await startUpTask.start();
    throw error;
  }
}

function commandLine(config: string, deps: CliDeps): { file: string; args: string[] } {
  const { file, args } = deps.program.commandOf(installedProgram(deps));
  return { file, args: [...args, '--config', config, 'run'] };
}

async function requirePassword(config: string, { directory }: AgentSettings, deps: CliDeps): Promise<void> {
  if (!directory || deps.directoryPassword) return;
  const { folder } = placesOf(config);
  await makePrivateFolder(folder);
  if (!(await deps.platform.secretsIn(folder).read('directoryPassword')))
    throw new CliFault(EXIT.usage, `Set KEYTURN_DIRECTORY_PASSWORD to the password of ${directory.account}.`);
}

async function keepPassword(config: string, { directory }: AgentSettings, deps: CliDeps): Promise<void> {
  if (!directory || !deps.directoryPassword) return;
  const secrets = deps.platform.secretsIn(placesOf(config).folder);
  await secrets.write('directoryPassword', Buffer.from(deps.directoryPassword));
}
