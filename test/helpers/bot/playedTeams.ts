import type { BudgetDeps } from '../../../bot/sending/changeBudget';
import { createSendSlots, type SendSlots, TEAMS_LIMITS } from '../../../bot/sending/sendBudget';
import type { SendResult } from '../../../bot/sending/sendResult';
import { createLinesLog } from '../process/linesLog';
import { memoryStores, TestClock } from '../store/memoryStores';

interface Ways {
  /** How long a send takes from the bot to the moment when Teams counts it, and its answer back, in ms. */
  out(now: number): number;
  back(now: number): number;
  /** How much later than planned a pause ends. */
  heldUp(): number;
}

/** How many of the sorted `times` lie in the fullest window of `ms`. */
export function fullest(times: readonly number[], ms: number): number {
  let first = 0;
  let most = 0;
  times.forEach((at, index) => {
    while (at - (times[first] ?? at) >= ms) first++;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/**
 * Plays Teams with its limits, and instances of the bot on one store that send to it, in a time of their own.
 */
export class PlayedTeams {
  readonly clock = new TestClock();
  /** When the taken sends arrived, and how many were refused. */
  readonly arrived: number[] = [];
  refused = 0;
  /** Until when Teams refuses everything. */
  busyUntil = 0;
  readonly slots: SendSlots[];
  readonly deps: BudgetDeps;
  private readonly ways: Ways;
  private readonly sleeping: { until: number; wake: () => void }[] = [];

  constructor(instances: number, ways: Partial<Ways> = {}) {
    this.ways = { out: () => 30, back: () => 30, heldUp: () => 0, ...ways };
    const { clock } = this;
    const { sendBudgets } = memoryStores(clock);
    const pause = (ms: number) => this.pause(ms + this.ways.heldUp());
    this.deps = { stores: { sendBudgets }, clock, log: createLinesLog().log, pause };
    this.slots = Array.from({ length: instances }, () => createSendSlots(this.deps, TEAMS_LIMITS));
  }

  pause = (ms: number): Promise<void> =>
    new Promise((wake) => void this.sleeping.push({ until: this.clock.now() + ms, wake }));

  /** One try: Teams takes it while there are at most 50 in a second. */
  async take(): Promise<SendResult> {
    await this.pause(this.ways.out(this.clock.now()));
    const now = this.clock.now();
    const full = this.arrived.filter((at) => at > now - 1_000).length >= 50;
    const waitMs = full ? 1_000 : Math.max(0, this.busyUntil - now);
    if (waitMs > 0) this.refused += 1;
    else this.arrived.push(now);
    await this.pause(this.ways.back(now));
    return waitMs > 0 ? { kind: 'throttled', waitMs } : { kind: 'sent' };
  }

  /** Tries until Teams takes it, as the store brings a delivery back. */
  async send(by: SendSlots, conversationId: string): Promise<void> {
    for (;;) {
      const slot = await by.take(conversationId);
      if ('laterMs' in slot) {
        await this.pause(slot.laterMs);
        continue;
      }
      const result = await slot.use(() => this.take());
      if (result.kind === 'sent') return;
      await this.pause(('waitMs' in result && result.waitMs) || 0);
    }
  }

  /**
   * Sends `count` cards, `atOnce` at a time, by all instances in turn. Resolves to the times at which they
   * arrived.
   */
  async sendAll(count: number, conversationOf: (n: number) => string, atOnce: number): Promise<number[]> {
    const lanes = Array.from({ length: atOnce }, async (_, lane) => {
      const by = this.slots[lane % this.slots.length];
      for (let n = lane; by && n < count; n += atOnce) await this.send(by, conversationOf(n));
    });
    await this.passTime();
    await Promise.all(lanes);
    return this.arrived.toSorted((a, b) => a - b);
  }

  /** Moves the clock from one end of a pause to the next until nobody waits. */
  async passTime(): Promise<void> {
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    for (await settled(); this.sleeping.length > 0; await settled()) {
      this.sleeping.sort((a, b) => a.until - b.until);
      const next = this.sleeping.shift();
      this.clock.advance(Math.max(0, (next?.until ?? 0) - this.clock.now()));
      next?.wake();
    }
  }
}
