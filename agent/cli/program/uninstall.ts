import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readEnrolment } from '../../identity';
import { pathsOf, readSettings } from '../../settings';
import type { CliDeps } from '../cliDeps';
import type { Options } from '../parseCommand';
import { requireAdministrator } from './install';
import { installedProgram } from './prepareProgram';
import { removeProgram } from './removeProgram';

/**
 * Removes task, program and data without a question. Safe to repeat. The bot still knows the agent: only
 * people can revoke it.
 */
export async function uninstall(config: string, options: Options, deps: CliDeps): Promise<void> {
  await requireAdministrator(deps);
  const { startUpTask, programFolder } = deps.platform;
  if ((await startUpTask.state()) !== 'absent') await startUpTask.stop();
  await startUpTask.remove();
  const away = await removeProgram(programFolder, installedProgram(deps));
  if (away) deps.print(`The program that runs now is ${away}. Delete it afterwards.`);
  const account = (await readSettings(config).catch(() => undefined))?.directory?.account;
  deps.print(
    options['keep-data']
      ? `The agent was removed. Its data stays in ${dirname(config)}.`
      : await removeData(config, deps),
  );
  if (account)
    deps.print(`The account ${account} stays in the directory. Delete it there when nothing else uses it.`);
  deps.print('Revoke the agent in Teams, too: the bot does not know that it was removed.');
}

/** Resolves to a sentence that says what happened to the data. */
async function removeData(config: string, { platform }: CliDeps): Promise<string> {
  const { folder, ...paths } = pathsOf(config);
  if (folder === platform.dataFolder) await rm(folder, { recursive: true, force: true });
  else if (await isAgents(config)) {
    const secrets = platform.secretsIn(folder);
    for (const name of ['identityKey', 'queueKey', 'directoryPassword'] as const) await secrets.remove(name);
    for (const path of [config, ...Object.values(paths)]) await rm(path, { recursive: true, force: true });
  } else
    return `The agent was removed. ${folder} was left as it is, because nothing shows that it is the agent's.`;
  return 'The agent and its data were removed.';
}

/** Whether an agent's settings or enrolment lie there. A foreign folder may have its own `logs`. */
async function isAgents(config: string): Promise<boolean> {
  if (await readEnrolment(pathsOf(config).enrolment)) return true;
  return (await readSettings(config).catch(() => undefined)) !== undefined;
}
