import type { AgentEvent } from '../../domain/agentProtocol/agentEvent';
import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import { BotRefused } from '../bot/botFault';
import { strange } from '../bot/exchange';
import type { EventQueue } from '../ports';
import { type Persistence, persistently } from './persistently';

export interface SenderDeps extends Persistence {
  client: BotClient;
  queue: EventQueue;
}

/**
 * Sends waiting events to the bot at once and in order, and forgets those that the bot has written down.
 * Runs until the signal.
 */
export async function sendEvents(deps: SenderDeps, signal: AbortSignal): Promise<void> {
  const { queue } = deps;
  while (!signal.aborted) {
    await queue.whenWaiting(signal);
    await persistently('events', () => sendBatch(deps, signal), deps, signal).catch((error) =>
      realign(deps, error, signal),
    );
  }
}

async function sendBatch({ client, queue, log, timing }: SenderDeps, signal: AbortSignal): Promise<void> {
  const { stream } = queue;
  const batch = fitting(queue.first(LIMITS.eventsInBatch));
  if (batch.length === 0) return timing.sleep(1000, signal);
  const send = (events: AgentEvent[]) => client.sendEvents(stream, events, signal);
  const { acknowledged } = await send(batch).catch((error) => {
    if (!isInvalid(error)) throw error;
    log.warn({ err: error, events: batch.length }, 'the bot cannot read an event among these');
    return sendReadable(send, batch);
  });
  if (acknowledged < (batch[0]?.seq ?? 0)) throw strange('it takes no event');
  // After a loss of events the queue counts anew. Then the agent tells the bot things that it knows
  // already; the bot makes nothing twice.
  if (queue.stream === stream) await queue.acknowledge(Math.min(acknowledged, batch.at(-1)?.seq ?? 0));
}

const isInvalid = (error: unknown) => error instanceof BotRefused && error.code === 'invalid';

type Send = (events: AgentEvent[]) => Promise<{ acknowledged: number }>;

/**
 * Sends a batch that an older bot cannot read in halves, down to one event. It tells the bot that this one
 * is lost, and forgets it only when the bot accepts that. Throws the refusal if the bot does not.
 */
async function sendReadable(send: Send, batch: AgentEvent[]): Promise<{ acknowledged: number }> {
  const [first] = batch;
  if (!first) throw strange('it takes no event');
  const half = batch.slice(0, Math.ceil(batch.length / 2));
  const events = batch.length === 1 ? [lostOf(first)] : half;
  return send(events).catch((error) => {
    if (batch.length === 1 || !isInvalid(error)) throw error;
    return sendReadable(send, half);
  });
}

const lostOf = ({ seq, id, seenAt }: AgentEvent): AgentEvent => ({
  type: 'dropped',
  seq,
  id,
  seenAt,
  count: 1,
});

/** The bot expects another number: it stored more than it could acknowledge, or does not know this stream. */
async function realign(
  { queue, log, timing }: SenderDeps,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (!(error instanceof BotRefused)) throw error;
  const { expected = 0 } = error;
  const first = queue.first(1)[0]?.seq ?? 0;
  log.warn({ expected, first }, 'the bot expects another event');
  if (expected > first && expected <= first + queue.waiting().events) return queue.acknowledge(expected - 1);
  await queue.beginStream();
  await timing.sleep(1000, signal);
}

/** The rest of the limit is for the text around the events. */
const MOST_BYTES = LIMITS.eventsBytes - 1024;

/** As many events as a request may hold, but at least one. */
function fitting(events: AgentEvent[]): AgentEvent[] {
  let bytes = 0;
  const count = events.findIndex((event) => {
    bytes += sizeOf(event) + 1;
    return bytes > MOST_BYTES;
  });
  if (count === 0) return events.slice(0, 1).map(shortened);
  return count < 0 ? events : events.slice(0, count);
}

const sizeOf = (event: AgentEvent) => Buffer.byteLength(JSON.stringify(event));

/**
 * A single event that is too long belongs to a user in very many groups. The privileged groups come first.
 */
function shortened(event: AgentEvent): AgentEvent {
  if (event.type !== 'reset' || sizeOf(event) <= MOST_BYTES) return event;
  const { user } = event;
  const memberOf = user.memberOf.slice(0, Math.floor(user.memberOf.length / 2));
  return shortened({ ...event, user: { ...user, memberOf } });
}
