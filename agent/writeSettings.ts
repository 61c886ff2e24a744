import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { codeOf, isMissing, replaceFile } from './files';
import type { Platform } from './ports';
import { type AgentSettings, pathsOf, SettingsFault } from './settings';

/**
 * Writes the settings where only the agent and administrators can read them, with copies of the authorities
 * that they name: the start-up task has another current folder and may not see a person's files. Resolves
 * to what was written. Throws SettingsFault when the folder belongs to somebody else.
 */
export async function writeSettings(
  path: string,
  settings: AgentSettings,
  { protect, dataFolder }: Pick<Platform, 'protect' | 'dataFolder'>,
): Promise<AgentSettings> {
  const { folder, serverCa, directoryCa } = pathsOf(path);
  if (folder !== dataFolder) await requireOwnFolder(path);
  const server = await readAuthority('serverCa', settings.serverCa);
  const directory = await readAuthority('directory.ca', settings.directory?.ca);
  await protect(folder, settings.runAs);
  if (server) await replaceFile(serverCa, server);
  if (directory) await replaceFile(directoryCa, directory);
  const written = {
    ...settings,
    ...(server && { serverCa }),
    ...(settings.directory && {
      directory: { ...settings.directory, ...(directory && { ca: directoryCa }) },
    }),
  };
  await replaceFile(path, `${JSON.stringify(written, undefined, 2)}\n`);
  return written;
}

/**
 * The folder must be missing, empty, or written by an agent: the agent locks others out of it, and
 * `uninstall` empties it.
 */
async function requireOwnFolder(path: string): Promise<void> {
  const { folder, enrolment } = pathsOf(path);
  const names = await readdir(folder).catch((error): string[] => {
    if (isMissing(error)) return [];
    throw error;
  });
  if (names.length === 0 || names.includes(basename(path)) || names.includes(basename(enrolment))) return;
  throw new SettingsFault([
    `${folder}: holds other things, and the agent needs a folder of its own; name one with --config, such as ${dirname(path)}/keyturn-agent/settings.json`,
  ]);
}

async function readAuthority(name: string, file: string | undefined): Promise<Buffer | undefined> {
  if (!file) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    throw new SettingsFault([`${name}: ${file} cannot be read (${codeOf(error)})`]);
  }
}
