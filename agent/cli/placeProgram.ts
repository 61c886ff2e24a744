import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { isMissing, replaceFile } from '../files';
import type { CliDeps } from './cliDeps';
import { CliFault, EXIT } from './cliFault';

const START_MS = 60_000;

/** Where the installed program lies. */
export const installedProgram = ({ platform, program }: CliDeps): string =>
  join(platform.programFolder, `keyturn-agent${extname(program.file)}`);

/** Puts a program in its place, after it has shown that it starts; the one before stays beside it as `.old`. Throws CliFault. */
export async function placeProgram(bytes: Uint8Array, deps: CliDeps): Promise<void> {
  const target = installedProgram(deps);
  await mkdir(deps.platform.programFolder, { recursive: true, mode: 0o755 });
  const trial = join(deps.platform.programFolder, `trial-${basename(target)}`);
  await replaceFile(trial, bytes, 0o755);
  try {
    await requireStarts(trial, deps);
    await renameIfThere(target, oldOf(target));
    await rename(trial, target);
  } finally {
    await rm(trial, { force: true });
  }
}

export async function copyItself(deps: CliDeps): Promise<void> {
  const running = await readFile(deps.program.file);
  const installed = await readFile(installedProgram(deps)).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (installed && running.equals(installed)) return;
  await placeProgram(running, deps);
}

/** The program before the last `placeProgram`, in its place again. */
export async function rollBack(deps: CliDeps): Promise<void> {
  const target = installedProgram(deps);
  await renameIfThere(target, join(deps.platform.programFolder, `failed-${basename(target)}`));
  await rename(oldOf(target), target);
}

/** Windows lets nobody remove a program that runs, but lets it be renamed. */
async function renameIfThere(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await rename(from, to).catch((error) => {
    if (!isMissing(error)) throw error;
  });
}

const oldOf = (target: string) => `${target}.old`;

async function requireStarts(copy: string, { program }: CliDeps): Promise<void> {
  const { file, args } = program.commandOf(copy);
  try {
    await promisify(execFile)(file, [...args, 'version'], { timeout: START_MS, windowsHide: true });
  } catch (error) {
    throw new CliFault(EXIT.files, 'The new program does not start on this machine; nothing was changed.', {
      cause: error,
    });
  }
}
