import type { JobRun } from './jobKind';

const BEAT_MS = 20_000;

/**
 * Does work that waits for a vendor under the job's lease, so that no other instance takes it over meanwhile. A lease
 * that is lost all the same shows itself at the next save.
 */
export async function keptAlive<T>(run: JobRun, progress: () => unknown, work: () => Promise<T>): Promise<T> {
  let saving = Promise.resolve();
  const timer = setInterval(() => {
    saving = saving.then(() => run.save(progress())).catch(() => clearInterval(timer));
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await saving;
  }
}
