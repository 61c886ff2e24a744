import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import { CommandDesk, type DeskDeps } from '../orders/commandDesk';
import { type Persistence, persistently } from './persistently';

export interface CommandDeps extends Persistence, DeskDeps {
  client: BotClient;
}

/** How often the agent asks the bot while it carries out a command, so that it soon reports the end. */
const BUSY_MS = 2_000;
/** The shortest time between two requests, in case a bot does not hold them open. */
const SOONEST_MS = 1_000;

/**
 * Asks for work, carries it out and reports it, until the signal. It carries out a command once, even if
 * the command comes again or the agent restarts. When this resolves, everything that must not be repeated
 * has ended.
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
