import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoFault } from './demoFault';

/**
 * Makes the folder this process's own, so that two demos never write to one store; `fresh` empties it first. The
 * returned function gives it free again, its content kept. Throws DemoFault when another demo is running in it.
 */
export function claimFolder(folder: string, fresh: boolean): () => void {
  const mark = join(folder, 'demo.pid');
  const owner = ownerOf(mark);
  if (owner !== undefined) {
    throw new DemoFault(
      `A demo (process ${owner}) is already running with the data in ${folder}. Stop it first, with Ctrl+C in its ` +
        `terminal. (If it is none of yours, remove ${mark}.)`,
    );
  }
  if (fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(mark, String(process.pid));
  return () => rmSync(mark, { force: true });
}

/** The process that left its mark here, if it is still there. */
function ownerOf(mark: string): number | undefined {
  try {
    const pid = Number(readFileSync(mark, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
