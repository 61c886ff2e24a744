import type { CliDeps } from '../cliDeps';

/**
 * It looks twice, because the start-up task restarts an agent that ended after ten seconds at the earliest.
 */
const LOOKS = 2;
const LOOK_MS = 5_000;

/** Whether the agent that was just started still runs after ten seconds. */
export async function staysUp({ platform, timing, signal }: CliDeps): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    await timing.sleep(LOOK_MS, signal);
    if ((await platform.startUpTask.state()) !== 'running') return false;
  }
  return true;
}
