import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import { CommandDesk, type DeskDeps } from '../orders/commandDesk';
import { type Persistence, persistently } from './persistently';

export interface CommandDeps extends Persistence, DeskDeps {
  client: BotClient;
}

/** How often the bot is asked while a command is being carried out, so that its end is reported soon. */
const BUSY_MS = 2_000;
/** A bot that holds no request open is not asked in a circle. */
const SOONEST_MS = 1_000;

/**
 * Asks for work, carries it out and reports it, until the signal. A command is carried out once, however often it
 * comes; after a restart of the agent, too. What must not be repeated has ended when this resolves.
 */
export async function obeyCommands(deps: CommandDeps, signal: AbortSignal): Promise<void> {
  const desk = new CommandDesk(deps, signal);
  await desk.tellWhatWasLeft();
  try {
    while (!signal.aborted) await obeyOnce(deps, desk, signal);
  } finally {
    await desk.finish();
  }
}

async function obeyOnce(deps: CommandDeps, desk: CommandDesk, signal: AbortSignal): Promise<void> {
  const reports = desk.reports();
  const verbs = [...deps.orders.keys()];
  const body = { waitMs: desk.isBusy() ? 0 : LIMITS.pollMs, done: reports, verbs };
  const askedAt = deps.timing.now();
  const ask = () => deps.client.commands(body, signal);
  const { commands } = await persistently('commands', ask, deps, signal);
  desk.reported(reports);
  for (const command of commands) desk.take(command);
  await desk.settle(BUSY_MS);
  const took = deps.timing.now() - askedAt;
  if (desk.reports().length === 0 && took < SOONEST_MS) await deps.timing.sleep(SOONEST_MS - took, signal);
}
