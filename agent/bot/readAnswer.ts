import type { z } from 'zod';
import { refusal } from '../../domain/agentProtocol/messages';
import { jsonOf } from '../../domain/agentProtocol/readJson';
import { retryAfterMs } from '../../domain/agentProtocol/retryAfter';
import type { BotClock } from './botClock';
import { BotRefused, BotUnreachable } from './botFault';
import { type Answered, strange } from './exchange';

/**
 * Reads an answer and learns the bot's time from it. Throws BotRefused, or BotUnreachable when the answer
 * is nothing that a bot says.
 */
export function readAnswer<Schema extends z.ZodTypeAny>(
  answered: Answered,
  schema: Schema,
  clock: BotClock,
): z.output<Schema> {
  const value = jsonOf(answered.text);
  const waitMs = askedWaitMs(answered.headers);
  if (answered.status !== 200) throw refusalOf(answered.status, value, waitMs, clock);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw strange('its answer is not as agreed');
  clock.learn(parsed.data.now);
  return parsed.data;
}

/** The answers of a bot that is stopping, and of a proxy without a bot behind it. */
const AWAY = new Set([502, 503, 504]);

function refusalOf(status: number, value: unknown, waitMs: number | undefined, clock: BotClock) {
  const refused = refusal.safeParse(value);
  if (!refused.success) return bareRefusalOf(status, waitMs);
  const { error, sentence, now, expected, waitsFor } = refused.data;
  clock.learn(now);
  return new BotRefused(error, sentence, waitMs, expected, waitsFor);
}

/** Answers that the bot gives before it checks who asks, and that a proxy may give instead of the bot. */
const NOT_TAKEN: Partial<Record<number, string>> = {
  400: 'The bot, or a proxy before it, could not read the request (400). Check the address, and whether a proxy changes requests.',
  408: 'The request took too long to reach the bot (408). Check the connection, and try again.',
  421: 'The bot has another host name than this address (421). Use the address in its PUBLIC_URL, let a proxy before it pass the Host on, or name the host in its ALLOWED_HOSTS.',
};

function bareRefusalOf(status: number, waitMs?: number): BotUnreachable {
  const known = NOT_TAKEN[status];
  if (known) return new BotUnreachable(status === 408 ? 'away' : 'strange', known, waitMs);
  return AWAY.has(status) ? away(status, waitMs) : strange(`it answers ${status}`, waitMs);
}

const away = (status: number, waitMs?: number) =>
  new BotUnreachable(
    'away',
    `The bot is being restarted, or a proxy does not reach it (${status}). Try again in a minute.`,
    waitMs,
  );

const LONGEST_WAIT_MS = 10 * 60_000;

/** When the bot wants a wait of more than ten minutes, the agent asks again after ten. */
function askedWaitMs({ 'retry-after': header, date }: Answered['headers']): number | undefined {
  const ms = retryAfterMs(header, Date.now(), date);
  return ms === undefined ? undefined : Math.min(ms, LONGEST_WAIT_MS);
}
