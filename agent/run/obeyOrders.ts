import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import { type DeskDeps, OrderDesk } from '../orders/orderDesk';
import { type Persistence, persistently } from './persistently';

export interface ObeyDeps extends Persistence, DeskDeps {
  client: BotClient;
}

/** How often the agent asks the bot while it carries out an order, so that it soon reports the end. */
const BUSY_MS = 2_000;
/** The shortest time between two requests, in case a bot does not hold them open. */
const SOONEST_MS = 1_000;

/**
 * Asks for work, carries it out and reports it, until the signal. It carries out an order once, even if
 * it comes again or the agent restarts. When this resolves, everything that must not be repeated
 * has ended.
 */
export async function obeyOrders(deps: ObeyDeps, signal: AbortSignal): Promise<void> {
  const desk = new OrderDesk(deps, signal);
  await desk.tellWhatWasLeft();
  try {
    while (!signal.aborted) await obeyOnce(deps, desk, signal);
  } finally {
    await desk.finish();
  }
}

async function obeyOnce(deps: ObeyDeps, desk: OrderDesk, signal: AbortSignal): Promise<void> {
  const reports = desk.reports();
  const verbs = [...deps.orders.keys()];
  const body = { waitMs: desk.isBusy() ? 0 : LIMITS.pollMs, done: reports, verbs };
  const askedAt = deps.timing.now();
  const ask = () => deps.client.commands(body, signal);
  const { commands } = await persistently('commands', ask, deps, signal);
  desk.reported(reports);
  for (const order of commands) desk.take(order);
  await desk.settle(BUSY_MS);
  const took = deps.timing.now() - askedAt;
  if (desk.reports().length === 0 && took < SOONEST_MS) await deps.timing.sleep(SOONEST_MS - took, signal);
}
