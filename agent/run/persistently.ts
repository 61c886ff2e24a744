import { BotRefused, BotUnreachable } from '../bot/botFault';
import type { AgentLog } from '../ports';
import { backoffMs, type Timing } from '../timing';
import type { Revocation } from './revocation';

/**
 * Longest wait between two tries while the bot is away. Customers then see the agent again half a minute
 * after the bot is back.
 */
const AWAY_MS = 30_000;
/** The wait after a refusal that only people can lift. */
const REFUSED_MS = 10 * 60_000;

export interface Persistence {
  log: AgentLog;
  timing: Timing;
  revocation: Revocation;
}

/**
 * Asks the bot until it answers. After every failure it waits longer, and never less than the bot wants.
 * While the agent is revoked, it sends nothing. Throws refusals that `attempt` has to handle ('order'), and
 * the reason of an aborted signal.
 */
export async function persistently<T>(
  what: string,
  attempt: () => Promise<T>,
  { log, timing, revocation }: Persistence,
  signal: AbortSignal,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    await revocation.allowed(signal);
    try {
      const answer = await attempt();
      revocation.note();
      if (failures > 1) log.info({ what, failures: failures - 1 }, 'the bot answers again');
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BotUnreachable || error instanceof BotRefused)) throw error;
      if (error instanceof BotRefused && error.code === 'order') throw error;
      revocation.note(error);
      if (revocation.isRevoked()) continue;
      if (failures === 1 || failures % 20 === 0)
        log.warn({ what, failures, err: error }, 'the bot refused what was sent');
      await timing.sleep(waitMs(error, failures, timing), signal);
    }
  }
}

const PASSING = new Set(['tooMany', 'tryLater', 'clock', 'replayed']);

function waitMs(error: BotUnreachable | BotRefused, failures: number, timing: Timing): number {
  const passing = error instanceof BotUnreachable || PASSING.has(error.code);
  const backoff = backoffMs(failures, passing ? AWAY_MS : REFUSED_MS, timing.random);
  return Math.max(backoff, error.retryAfterMs ?? 0);
}
