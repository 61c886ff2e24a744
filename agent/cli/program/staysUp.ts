import type { CliDeps } from '../cliDeps';

/** Looked at twice: who starts it again when it ends does so after ten seconds at the earliest. */
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
