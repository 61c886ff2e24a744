import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { AnyCommand, BotClient, CommandReport } from '../bot/botClient';
import type { AgentClock } from '../ports';
import { type Persistence, persistently } from './persistently';

/** Carries a command out and says what came of it; throws an error with a `sentence` when it could not. */
export type CommandHandler = (command: AnyCommand, signal: AbortSignal) => Promise<string>;

export interface CommandDeps extends Persistence {
  client: BotClient;
  clock: AgentClock;
  handlers: ReadonlyMap<string, CommandHandler>;
}

/** How often the bot is asked while a command is being carried out, so that its end is reported soon. */
const BUSY_MS = 2_000;
/** A bot that holds no request open is not asked in a circle. */
const SOONEST_MS = 1_000;
const REPORTS = 50;
const REMEMBERED = 500;

/** Asks for work, carries it out and reports it. A command is carried out once, however often it comes. Until the signal. */
export async function obeyCommands(deps: CommandDeps, signal: AbortSignal): Promise<void> {
  const desk = new CommandDesk(deps, signal);
  while (!signal.aborted) {
    const reports = desk.reports();
    const body = { waitMs: desk.isBusy() ? 0 : LIMITS.pollMs, done: reports };
    const askedAt = deps.timing.now();
    const { commands } = await persistently(
      'commands',
      () => deps.client.commands(body, signal),
      deps,
      signal,
    );
    desk.reported(reports);
    for (const command of commands) desk.take(command);
    await desk.settle(BUSY_MS);
    const took = deps.timing.now() - askedAt;
    if (desk.reports().length === 0 && took < SOONEST_MS) await deps.timing.sleep(SOONEST_MS - took, signal);
  }
}

/** What is being done, what was done and not reported yet, and what was done before. */
class CommandDesk {
  private readonly running = new Map<string, Promise<void>>();
  private readonly known = new Map<string, CommandReport>();
  private waiting: CommandReport[] = [];

  constructor(
    private readonly deps: CommandDeps,
    private readonly signal: AbortSignal,
  ) {}

  isBusy = () => this.running.size > 0;
  reports = () => this.waiting.slice(0, REPORTS);

  reported(reports: CommandReport[]): void {
    this.waiting = this.waiting.filter((report) => !reports.includes(report));
  }

  take(command: AnyCommand): void {
    if (this.running.has(command.id)) return;
    const before = this.known.get(command.id);
    if (before) this.waiting.push(before);
    else this.running.set(command.id, this.carryOut(command));
  }

  /** Until everything is done, or for `ms` at most. */
  async settle(ms: number): Promise<void> {
    if (!this.isBusy()) return;
    const enough = new AbortController();
    const asleep = this.deps.timing.sleep(ms, AbortSignal.any([enough.signal, this.signal]));
    await Promise.race([Promise.all(this.running.values()), asleep.catch(() => undefined)]);
    enough.abort();
  }

  private async carryOut(command: AnyCommand): Promise<void> {
    const report = { id: command.id, ...(await this.outcomeOf(command)) };
    this.running.delete(command.id);
    this.waiting.push(report);
    this.known.set(command.id, report);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
  }

  private async outcomeOf(command: AnyCommand): Promise<Omit<CommandReport, 'id'>> {
    const { clock, handlers, log } = this.deps;
    const { id, verb } = command;
    const handler = handlers.get(verb);
    if (!handler)
      return { outcome: 'unknownVerb', finding: 'This version of the agent does not know the command.' };
    if (command.expiresAt <= clock.now())
      return { outcome: 'expired', finding: 'It came too late to be carried out.' };
    try {
      const finding = await handler(command, this.signal);
      log.info({ id, verb }, 'a command was carried out');
      return { outcome: 'done', finding: finding.slice(0, 500) };
    } catch (error) {
      log.error({ id, verb, err: error }, 'a command failed');
      return { outcome: 'failed', finding: sentenceOf(error) };
    }
  }
}

const sentenceOf = (error: unknown): string =>
  error instanceof Error && 'sentence' in error && typeof error.sentence === 'string'
    ? error.sentence.slice(0, 500)
    : 'It failed; the log of the agent says where.';

/** Could not be done, in words for the technician. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(readonly sentence: string) {
    super(sentence);
  }
}
