import type { OrderReport, ReceivedOrder } from '../bot/botClient';
import type { AgentClock, AgentLog } from '../ports';
import { type Timing, waitAtMost } from '../timing';
import type { OrderJournal } from './journal';
import type { OrderDoer } from './orderDoer';

export interface DeskDeps {
  clock: AgentClock;
  log: AgentLog;
  timing: Timing;
  orders: ReadonlyMap<string, OrderDoer>;
  journal: OrderJournal;
}

type Outcome = Omit<OrderReport, 'id'>;

const REPORTS = 50;
const UNKNOWN_VERB: Outcome = {
  outcome: 'unknownVerb',
  finding: 'This version of the agent does not know this order. Update the agent.',
};
const TOO_LATE: Outcome = { outcome: 'expired', finding: 'The order had expired when it came.' };
const NOT_BEGUN: Outcome = {
  outcome: 'failed',
  finding: 'The agent could not store that it begins, so it did nothing. Check whether its disk is full.',
};
const NOT_KNOWN: Outcome = {
  outcome: 'failed',
  finding: 'The agent stopped while it did this. Check whether it was done before you order it again.',
  mayBeDone: true,
};

/** Knows the orders in progress, those that are done and not yet reported, and those of earlier runs. */
export class OrderDesk {
  private readonly running = new Map<string, { ended: Promise<void>; repeatable: boolean }>();
  /** Reports of orders that had no effect, so the journal does not need them. */
  private refused: OrderReport[] = [];

  constructor(
    private readonly deps: DeskDeps,
    private readonly signal: AbortSignal,
  ) {}

  isBusy = () => this.running.size > 0;
  reports = () => [...this.deps.journal.untold(), ...this.refused].slice(0, REPORTS);

  /** Reports at once what an earlier run began and may not repeat: the bot may never ask for it again. */
  async tellWhatWasLeft(): Promise<void> {
    for (const order of this.deps.journal.left())
      if (!this.deps.orders.get(order.verb)?.repeatable) await this.end(order, NOT_KNOWN);
  }

  reported(reports: OrderReport[]): void {
    if (reports.length === 0) return;
    this.refused = this.refused.filter((report) => !reports.includes(report));
    this.deps.journal.told(reports);
  }

  take(order: ReceivedOrder): void {
    const { journal, orders, clock } = this.deps;
    const { id } = order;
    const doer = orders.get(order.verb);
    const state = journal.stateOf(order);
    if (state === 'begun' || this.running.has(id)) return;
    if (state === 'ended') journal.tellAgain(id);
    else if (state === 'left' && !doer?.repeatable) this.run(order, true, this.end(order, NOT_KNOWN));
    else if (!doer) this.refused.push({ id, ...UNKNOWN_VERB });
    else if (order.expiresAt <= clock.now()) this.refused.push({ id, ...TOO_LATE });
    else if (journal.hasSpace()) this.run(order, doer.repeatable, this.carryOut(order, doer));
  }

  /** Resolves when everything is done, or after `ms`. */
  async settle(ms: number): Promise<void> {
    if (!this.isBusy()) return;
    const all = Promise.all([...this.running.values()].map(({ ended }) => ended));
    await waitAtMost(ms, all, this.deps.timing, this.signal);
  }

  /** Resolves when the agent is no longer doing anything that it must not repeat. */
  async finish(): Promise<void> {
    const precious = [...this.running.values()].filter(({ repeatable }) => !repeatable);
    await Promise.all(precious.map(({ ended }) => ended));
  }

  private run({ id }: ReceivedOrder, repeatable: boolean, work: Promise<void>): void {
    const ended = work.finally(() => this.running.delete(id));
    this.running.set(id, { ended, repeatable });
  }

  private async carryOut(order: ReceivedOrder, doer: OrderDoer): Promise<void> {
    const begun = await this.begin(order);
    const outcome = begun || doer.repeatable ? await this.outcomeOf(order, doer) : NOT_BEGUN;
    if (outcome) await this.end(order, outcome);
  }

  /** Undefined: the agent is ending, so it stops what it was doing. */
  private async outcomeOf(order: ReceivedOrder, doer: OrderDoer): Promise<Outcome | undefined> {
    const { id, verb } = order;
    const { log } = this.deps;
    try {
      const { finding, result } = await doer.carryOut(order, this.signal);
      log.info({ id, verb }, 'an order was carried out');
      return { outcome: 'done', finding: finding.slice(0, 500), ...(result !== undefined && { result }) };
    } catch (error) {
      if (this.signal.aborted) return undefined;
      log.error({ id, verb, err: error }, 'an order failed');
      return { outcome: 'failed', finding: sentenceOf(error) };
    }
  }

  private async begin(order: ReceivedOrder): Promise<boolean> {
    try {
      await this.deps.journal.begin(order);
      return true;
    } catch (err) {
      this.deps.log.error({ err }, 'the start of an order was not stored');
      return false;
    }
  }

  private end = (order: Pick<ReceivedOrder, 'id' | 'verb' | 'expiresAt'>, outcome: Outcome): Promise<void> =>
    this.deps.journal
      .end(order, outcome)
      .catch((err) => this.deps.log.error({ err }, 'the result of an order was not stored'));
}

const sentenceOf = (error: unknown): string =>
  error instanceof Error && 'sentence' in error && typeof error.sentence === 'string'
    ? error.sentence.slice(0, 500)
    : 'It failed. The agent’s log has the details.';
