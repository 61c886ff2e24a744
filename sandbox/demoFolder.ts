import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoFault } from './demoFault';

/**
 * Makes this process the owner of the folder, so that two demos never write to one store; `fresh` empties it
 * first. The returned function releases the folder and keeps its content. Throws DemoFault when another demo
 * runs in it.
 */
export function claimFolder(folder: string, fresh: boolean): () => void {
  const pidFile = join(folder, 'demo.pid');
  const owner = ownerOf(pidFile);
  if (owner !== undefined) {
    throw new DemoFault(
      `A demo (process ${owner}) is already running with the data in ${folder}. Stop it first, with Ctrl+C in its ` +
        `terminal. (If it is none of yours, remove ${pidFile}.)`,
    );
  }
  if (fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(pidFile, String(process.pid));
  return () => rmSync(pidFile, { force: true });
}

/** The process that wrote its id here, if it still runs. */
function ownerOf(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
