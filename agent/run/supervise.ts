import type { AgentLog } from '../ports';
import { backoffMs, type Timing } from '../timing';

const MOST_MS = 5 * 60_000;
/** A part that ran this long has recovered. */
const RECOVERED_MS = 10 * 60_000;

export interface Supervision {
  log: AgentLog;
  timing: Timing;
  signal: AbortSignal;
}

/**
 * Keeps one part of the agent running until the signal. It logs what the part throws, and starts it again
 * after a while. Never throws.
 */
export async function supervise(
  part: string,
  run: (signal: AbortSignal) => Promise<void>,
  { log, timing, signal }: Supervision,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const startedAt = timing.now();
    try {
      await run(signal);
      if (!signal.aborted) log.warn({ part }, 'a part of the agent ended by itself');
    } catch (error) {
      if (signal.aborted) return;
      log.error({ part, err: error }, 'a part of the agent failed and is started again');
    }
    failures = timing.now() - startedAt > RECOVERED_MS ? 1 : failures + 1;
    await pause(timing, backoffMs(failures, MOST_MS, timing.random), signal);
  }
}

/** Sleeps, and returns without an error when the signal comes first. */
export async function pause(timing: Timing, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await timing.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
