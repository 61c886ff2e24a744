import { rename, rm } from 'node:fs/promises';
import { codeOf, isMissing } from '../../files';
import type { Timing } from '../../timing';

const TRIES = 20;
const AGAIN_MS = 500;

/**
 * Moves `target` aside and puts `fresh` there. On Windows nobody can remove a running program, but it can
 * be renamed. When a step fails, the earlier program is put back. Throws the system's error.
 */
export async function replaceProgram(
  target: string,
  fresh: string,
  aside: string,
  timing: Timing,
): Promise<void> {
  await patiently(() => renameIfThere(target, aside), timing);
  try {
    await patiently(() => rename(fresh, target), timing);
  } catch (error) {
    await patiently(() => renameIfThere(aside, target), timing);
    throw error;
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await rename(from, to).catch((error) => {
    if (!isMissing(error)) throw error;
  });
}

/** Tries for ten seconds: a virus scanner, or a program that is ending, may hold a file for a moment. */
export async function patiently<T>(work: () => Promise<T>, timing: Timing): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES || !/^(EBUSY|EPERM|EACCES)$/.test(codeOf(error))) throw error;
      await timing.sleep(AGAIN_MS);
    }
  }
}
