import { readFile } from 'node:fs/promises';
import { fingerprintOf } from '../../domain/agentProtocol/fingerprint';
import { createBotClient } from '../bot/botClient';
import { createBotClock } from '../bot/botClock';
import { BotRefused, BotUnreachable } from '../bot/botFault';
import { createExchange } from '../bot/exchange';
import { openIdentity, readEnrolment } from '../identity';
import { type AgentSettings, pathsOf } from '../settings';
import { backoffMs } from '../timing';
import { VERSION } from '../version';
import type { CliDeps } from './cliDeps';

export type OpenBot = Awaited<ReturnType<typeof openBot>>;

/**
 * Opens the bot that the settings name. Makes the agent's key pair if there is none. Throws PlatformFault
 * and system errors of files.
 */
export async function openBot(config: string, settings: AgentSettings, deps: CliDeps) {
  const { server, serverCa, proxy } = settings;
  const paths = pathsOf(config);
  const kept = await readEnrolment(paths.enrolment);
  /** The enrolment with this bot; undefined: the agent is not enrolled there. */
  const enrolment = kept?.server === server ? kept : undefined;
  const identity = await openIdentity(deps.platform.secretsIn(paths.folder));
  const ca = serverCa ? await readFile(serverCa, 'utf8') : undefined;
  const exchange = createExchange({ server, ca, proxy });
  const clock = createBotClock(deps.timing.now);
  const client = createBotClient({ server, exchange, identity, clock, agentId: enrolment?.agentId });
  /** The fingerprint of this agent's key, as people compare it. */
  const fingerprint = fingerprintOf(identity.publicKey);
  return { client, clock, enrolment, fingerprint, close: exchange.close };
}

const TRIES = 6;
const MOST_MS = 10_000;

/**
 * Tries again after faults that may pass by themselves, for as long as a bot needs to restart. Then it
 * throws the last fault.
 */
export async function fewTries<T>(attempt: () => Promise<T>, { timing, signal }: CliDeps): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === TRIES || !mayPass(error)) throw error;
      const asked = Math.min(error.retryAfterMs ?? 0, MOST_MS);
      await timing.sleep(Math.max(backoffMs(tried, MOST_MS, timing.random), asked), signal);
    }
  }
}

const mayPass = (error: unknown): error is BotUnreachable | BotRefused =>
  (error instanceof BotUnreachable && error.kind === 'away') ||
  (error instanceof BotRefused &&
    error.waitsFor === undefined &&
    (error.code === 'tooMany' || error.code === 'tryLater'));

/**
 * Checks whether the bot accepts the agent's signature. The beat says nothing about the agent's health and
 * changes nothing. Throws BotUnreachable and BotRefused.
 */
export async function proveIdentity(
  { client, clock }: OpenBot,
  deps: CliDeps,
): Promise<{ customer: string }> {
  const body = { version: VERSION, skewMs: clock.skewMs() };
  return fewTries(() => client.beat(body, deps.signal), deps);
}
