import type { DeltaSync } from '../../domain/agentProtocol/agentEvent';
import { PowershellFault } from '../powershell/powershellFault';
import type { Connect, FoundConnect } from './connect';
import { readinessAfter, readinessOf, type SyncReadiness } from './readiness';

const BUSY_SECONDS = 10 * 60;
const RUN_SECONDS = 30 * 60;
/** A cycle becomes visible a moment after its start. */
const FIRST_LOOK_SECONDS = 5;
const TRIES = 3;

export interface DeltaRun {
  readiness: SyncReadiness;
  outcome: DeltaSync['outcome'];
  finding: string;
}

const READY: SyncReadiness = { state: 'ready' };
const ready = (outcome: DeltaSync['outcome'], finding: string): DeltaRun => ({
  readiness: READY,
  outcome,
  finding,
});

const BUSY = ready(
  'busy',
  'Microsoft Entra Connect was busy with its own cycle for 10 minutes, so no delta sync was started. Its next cycle syncs the changes. Look in Synchronization Service Manager if it stays busy.',
);
const TAKEN = ready(
  'busy',
  'Microsoft Entra Connect was busy all three times, so no delta sync was started. Its next cycle syncs the changes. Look in Synchronization Service Manager if it stays busy.',
);
const NO_END = ready(
  'failed',
  'The delta sync was started and had not ended after 30 minutes. Look in Synchronization Service Manager what it is at.',
);

/**
 * Runs one delta sync from the first look to its end. Never throws because of Microsoft Entra Connect; the
 * finding says what to do.
 */
export async function runDelta(connect: Connect, now: () => number, signal: AbortSignal): Promise<DeltaRun> {
  try {
    const found = await connect.look();
    const readiness = readinessOf(found);
    if (readiness.refusal) return refused(readiness);
    const busy = await startWhenIdle(connect, found, signal);
    if (busy) return busy;
    const startedAt = now();
    if (!(await connect.waitUntilIdle(FIRST_LOOK_SECONDS, RUN_SECONDS, signal))) return NO_END;
    return ready('ran', ranIn(now() - startedAt));
  } catch (error) {
    return refused(readinessAfter(error));
  }
}

/** Microsoft Entra Connect cannot start a delta sync. */
export const refused = (readiness: SyncReadiness): DeltaRun => ({
  readiness,
  outcome: readiness.refusal ?? 'failed',
  finding: readiness.finding ?? '',
});

const ranIn = (ms: number) =>
  `A delta sync ran for ${Math.round(ms / 1000)} s and carried changed accounts. Passwords are not part of it: password hash sync carries them by itself, about every 2 minutes.`;

/**
 * Undefined: the cycle has started. Somebody else may start one between our look and our start; then this
 * waits once more.
 */
async function startWhenIdle(
  connect: Connect,
  found: FoundConnect,
  signal: AbortSignal,
): Promise<DeltaRun | undefined> {
  let busy = found.scheduler?.inProgress === true || (found.scheduler?.running.length ?? 0) > 0;
  for (let left = TRIES; left > 0; left -= 1) {
    if (busy && !(await connect.waitUntilIdle(0, BUSY_SECONDS, signal))) return BUSY;
    busy = !(await startedNow(connect));
    if (!busy) return undefined;
  }
  return TAKEN;
}

/** The scheduler uses these words in every language of Windows. */
const SAYS_BUSY = /\bis busy\b|already (running|in progress)/i;

async function startedNow(connect: Connect): Promise<boolean> {
  try {
    await connect.startDelta();
    return true;
  } catch (error) {
    if (error instanceof PowershellFault && SAYS_BUSY.test(error.detail)) return false;
    throw error;
  }
}
