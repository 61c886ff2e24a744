import { rename, rm } from 'node:fs/promises';
import { codeOf, isMissing } from '../../files';
import type { Timing } from '../../timing';

const TRIES = 20;
const AGAIN_MS = 500;

/**
 * Moves `target` aside and `fresh` into its place. Windows lets nobody remove a program that runs, but lets it be renamed. When it cannot be done, what
 * was there is there again. Throws the system's error.
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

/** A virus scanner, or a program that is just ending, holds a file for a moment. Tries for ten seconds. */
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
