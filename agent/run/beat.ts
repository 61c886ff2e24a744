import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import type { BotClock } from '../bot/botClock';
import { BotRefused, BotUnreachable } from '../bot/botFault';
import type { EventQueue } from '../ports';
import { waitAtMost } from '../timing';
import { VERSION } from '../version';
import type { HealthBook } from './health';
import type { Persistence } from './persistently';

const REVOKED_MS = 60 * 60_000;
/** The shortest time between two beats. */
const SOONEST_MS = 1_000;
/** How long the first beat waits for the answers of other programs. */
const FIRST_LOOK_MS = 5_000;

export interface BeatDeps extends Persistence {
  client: BotClient;
  clock: BotClock;
  queue: EventQueue;
  health: HealthBook;
}

/**
 * Tells the bot every half minute that the agent runs and how it is. It beats earlier when there is news,
 * and only every hour while the agent is revoked. Runs until the signal.
 */
export async function beat(deps: BeatDeps, signal: AbortSignal): Promise<void> {
  const { revocation, health, log, timing } = deps;
  await waitAtMost(FIRST_LOOK_MS, health.look(), timing, signal);
  let away = false;
  while (!signal.aborted) {
    const startedAt = timing.now();
    const heard = health.news();
    try {
      await beatOnce(deps, signal);
      revocation.note();
      if (away) log.info({}, 'the bot is back');
      away = false;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BotUnreachable || error instanceof BotRefused)) throw error;
      revocation.note(error);
      if (!away) log.warn({ err: error }, 'the bot refuses the heartbeat');
      away = true;
    }
    await untilNext(deps, startedAt, heard, signal);
  }
}

/** A change during a beat counts as news. A revoked agent tells no news. */
async function untilNext(
  { health, revocation, timing }: BeatDeps,
  startedAt: number,
  heard: number,
  signal: AbortSignal,
): Promise<void> {
  const left = (ms: number) => ms - (timing.now() - startedAt);
  if (revocation.isRevoked()) return timing.sleep(Math.max(SOONEST_MS, left(REVOKED_MS)), signal);
  const woken = AbortSignal.any([signal, health.newsAfter(heard)]);
  await timing.sleep(Math.max(SOONEST_MS, left(LIMITS.beatMs)), woken).catch(() => signal.throwIfAborted());
  if (left(SOONEST_MS) > 0) await timing.sleep(left(SOONEST_MS), signal);
}

async function beatOnce({ client, clock, queue, health }: BeatDeps, signal: AbortSignal): Promise<void> {
  const body = {
    version: VERSION,
    skewMs: clock.skewMs(),
    waiting: queue.waiting(),
    health: health.current(),
  };
  await client.beat(body, signal);
}
