import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../files';
import { placesOf } from '../settings';
import type { CliDeps } from './cliDeps';
import { requireAdministrator } from './install';
import type { Options } from './parseCommand';
import { installedProgram } from './placeProgram';

/** Task, program and data; asks nothing and is safe to repeat. The bot still knows the agent: only people can revoke it. */
export async function uninstall(config: string, options: Options, deps: CliDeps): Promise<void> {
  await requireAdministrator(deps);
  const { startUpTask, programFolder, secretsIn } = deps.platform;
  if ((await startUpTask.state()) !== 'absent') await startUpTask.stop();
  await startUpTask.remove();
  await removeProgram(programFolder, deps);
  const { folder, enrolment, queue, logs, watch, deltaSyncs } = placesOf(config);
  if (!options['keep-data']) {
    const secrets = secretsIn(folder);
    for (const name of ['identityKey', 'queueKey', 'directoryPassword'] as const) await secrets.remove(name);
    for (const path of [config, enrolment, queue, logs, watch, deltaSyncs])
      await rm(path, { recursive: true, force: true });
    if (folder === deps.platform.dataFolder) await rm(folder, { recursive: true, force: true });
  }
  deps.print(
    options['keep-data']
      ? `The agent is gone; its data stays in ${folder}.`
      : 'The agent and its data are gone.',
  );
  deps.print('Revoke it in Teams, too: the bot does not know that it was removed.');
}

/** A program that runs cannot remove itself on Windows; moved away it is out of use, and gone with the temporary files. */
async function removeProgram(folder: string, deps: CliDeps): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error))) throw error;
    const away = join(tmpdir(), `keyturn-agent-removed-${process.pid}`);
    await rename(installedProgram(deps), away);
    await rm(folder, { recursive: true, force: true });
    deps.print(`The program that runs now is ${away}; remove it afterwards.`);
  }
}
