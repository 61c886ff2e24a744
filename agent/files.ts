import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { jsonOf } from '../domain/agentProtocol/readJson';

/** After a crash the file is the old or the new one, never half of one. Only its owner can read it. */
export async function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
  await syncFolder(dirname(path));
}

/**
 * Makes the creations, renames and removals in a folder last. Windows keeps its own journal and lets nobody
 * sync a folder.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Undefined when there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Undefined when there is no such file, or when it holds something else. */
export async function readJsonFile<Schema extends z.ZodTypeAny>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const bytes = await readIfThere(path);
  return bytes && schema.safeParse(jsonOf(bytes.toString('utf8'))).data;
}

export const makePrivateFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 });

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The code of a system error, such as ENOSPC; '' if it has none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
