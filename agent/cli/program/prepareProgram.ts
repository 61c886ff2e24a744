import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { readIfThere, replaceFile } from '../../files';
import type { CliDeps } from '../cliDeps';
import { CliFault, EXIT } from '../cliFault';
import { replaceProgram } from './replaceProgram';

const START_MS = 60_000;

/** Where the installed program lies. */
export const installedProgram = ({ platform, program }: CliDeps): string =>
  join(platform.programFolder, `keyturn-agent${extname(program.file)}`);

/** A program beside the installed one that has shown that it starts. */
export interface PreparedProgram {
  version: string;
  /** Replaces the installed program, which stays beside it as `.old`. */
  swapIn(): Promise<void>;
  /** Safe to call after `swapIn`, too. */
  discard(): Promise<void>;
}

/**
 * Does everything that takes long while the installed program still runs. Throws CliFault when the new one
 * does not start, and then removes it.
 */
export async function prepareProgram(bytes: Uint8Array, deps: CliDeps): Promise<PreparedProgram> {
  const target = installedProgram(deps);
  await mkdir(deps.platform.programFolder, { recursive: true, mode: 0o755 });
  const trial = join(deps.platform.programFolder, `trial-${basename(target)}`);
  const discard = () => rm(trial, { force: true });
  await replaceFile(trial, bytes, 0o755);
  try {
    const version = await versionOf(trial, deps);
    return { version, swapIn: () => replaceProgram(target, trial, oldOf(target), deps.timing), discard };
  } catch (cause) {
    await discard();
    throw new CliFault(EXIT.files, 'The new program does not start on this machine. Nothing was changed.', {
      cause,
    });
  }
}

/** Prepares the program that runs now; undefined: it is already the installed one. */
export async function prepareItself(deps: CliDeps): Promise<PreparedProgram | undefined> {
  const running = await readFile(deps.program.file);
  const installed = await readIfThere(installedProgram(deps));
  return installed && running.equals(installed) ? undefined : prepareProgram(running, deps);
}

/** Puts back the program from before the last `swapIn`. */
export function rollBack(deps: CliDeps): Promise<void> {
  const target = installedProgram(deps);
  const failed = join(deps.platform.programFolder, `failed-${basename(target)}`);
  return replaceProgram(target, oldOf(target), failed, deps.timing);
}

const oldOf = (target: string) => `${target}.old`;

const version = z
  .string()
  .trim()
  .regex(/^\d+\.\d+\.\d+$/);

/** The version that a program tells about itself. Throws when it does not start or tells something else. */
async function versionOf(path: string, { program }: CliDeps): Promise<string> {
  const { file, args } = program.commandOf(path);
  const options = { timeout: START_MS, windowsHide: true };
  return version.parse((await promisify(execFile)(file, [...args, 'version'], options)).stdout);
}

/** Undefined: no program is there, or it does not start. */
export const installedVersion = (deps: CliDeps): Promise<string | undefined> =>
  versionOf(installedProgram(deps), deps).catch(() => undefined);
