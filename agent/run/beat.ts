import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import type { BotClock } from '../bot/botClock';
import { BotRefused, BotUnreachable } from '../bot/botFault';
import type { AgentLog, EventQueue } from '../ports';
import type { Timing } from '../timing';
import { VERSION } from '../version';
import type { HealthBook } from './health';
import type { Standing } from './standing';

const REVOKED_MS = 60 * 60_000;

export interface BeatDeps {
  client: BotClient;
  clock: BotClock;
  queue: EventQueue;
  health: HealthBook;
  standing: Standing;
  log: AgentLog;
  timing: Timing;
}

/** Says every half minute that the agent is there and how it is; every hour while it is revoked. Until the signal. */
export async function beat(deps: BeatDeps, signal: AbortSignal): Promise<void> {
  const { standing, log, timing } = deps;
  let away = false;
  while (!signal.aborted) {
    const startedAt = timing.now();
    try {
      await beatOnce(deps, signal);
      standing.note();
      if (away) log.info({}, 'the bot is back');
      away = false;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BotUnreachable || error instanceof BotRefused)) throw error;
      standing.note(error);
      if (!away) log.warn({ err: error }, 'the bot does not take the beat');
      away = true;
    }
    const every = standing.isRevoked() ? REVOKED_MS : LIMITS.beatMs;
    await timing.sleep(Math.max(1000, every - (timing.now() - startedAt)), signal);
  }
}

async function beatOnce({ client, clock, queue, health }: BeatDeps, signal: AbortSignal): Promise<void> {
  const found = await health.current();
  const body = { version: VERSION, skewMs: clock.skewMs(), waiting: queue.waiting(), health: found };
  await client.beat(body, signal);
}
