import { rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { codeOf } from '../../files';

const removeAll = (path: string) => rm(path, { recursive: true, force: true });

/**
 * Removes `folder` with the program `file` in it. On Windows a running program cannot remove itself, so it
 * is moved beside its folder, on the same drive. Resolves to the path where it lies then.
 */
export async function removeProgram(
  folder: string,
  file: string,
  remove: (path: string) => Promise<void> = removeAll,
): Promise<string | undefined> {
  try {
    await remove(folder);
    return undefined;
  } catch (error) {
    if (!['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error))) throw error;
    const kind = extname(file);
    const away = join(dirname(folder), `${basename(file, kind)}-removed-${process.pid}${kind}`);
    await rename(file, away);
    await remove(folder);
    return away;
  }
}
