import { type BudgetDeps, changeBudget, noteInBudget, restOf } from './changeBudget';
import { type SendResult, waitOf } from './sendResult';

/** At most `lots` times `each` sends in any `everyMs`. An instance takes one lot at a time. */
export interface TenantLimit {
  lots: number;
  each: number;
  everyMs: number;
}

/** A slot of the tenant's limit, taken for one send. */
export interface TenantSlot {
  /** When the slot comes, in ms since 1970. */
  at: number;
  /**
   * Waits for the slot and sends. Answers throttled, without sending, when the slot was missed or Teams wants
   * no sends now.
   */
  use(conversationId: string, send: () => Promise<SendResult>): Promise<SendResult>;
  giveBack(): Promise<void>;
}

interface Lot {
  index: number;
  at: number;
  /** The moment in the store while the lot is in use: the lot is free again then if this instance dies. */
  until: number;
  left: number;
  /** Slots that were handed to a sender whose send has not ended yet. */
  underWay: number;
  freeAt: number;
}

/** A slot that is further away is left to others, and asked for again. */
export const LONGEST_WAIT_MS = 2_000;
/** How late a slot may be used. */
const USABLE_MS = 2_000;
/** Longer than USABLE_MS, and than nearly every send takes. */
const HELD_MS = 10_000;
/** How soon an instance looks again while every lot is in use. */
const LOOK_MS = 50;
/** A margin for differences between the instances' clocks. */
const MARGIN_MS = 10;
/** After a rest the lots come this much faster than in the long run, and not all at once. */
const CATCH_UP = 1.1;

/**
 * The tenant's limit, kept by all instances together. It is cut into lots. A lot is used again only a period
 * after the last of its sends **arrived**, as far as the answers tell: the time that a send took beyond the
 * quickest ones may have passed before Teams counted it. So Teams refuses nothing, however long a send is
 * held up on its way.
 */
export function createTenantSlots(deps: BudgetDeps, limit: TenantLimit) {
  const quickest = createQuickest();
  const refusals = createRefusals();
  let lot: Lot | undefined;
  let taking: Promise<void> | undefined;

  const take = async (): Promise<void> => {
    lot = await takeLot(deps, limit);
    if (!lot) await deps.pause(LOOK_MS);
  };
  const ended = async (of: Lot): Promise<void> => {
    of.underWay -= 1;
    if (of.underWay > 0) return;
    of.left = 0;
    await freeLot(deps, of, refusals.restUntil(deps.clock.now()));
  };
  const sent = async (of: Lot, conversationId: string, send: () => Promise<SendResult>) => {
    const from = deps.clock.now();
    const result = await send();
    const now = deps.clock.now();
    of.freeAt = Math.max(of.freeAt, now - quickest(now - from) + limit.everyMs + MARGIN_MS);
    const waitMs = waitOf(result);
    if (waitMs) {
      const until = now + restOf(waitMs);
      refusals.note(conversationId, until);
      of.freeAt = Math.max(of.freeAt, until);
    }
    return result;
  };
  const use = async (of: Lot, ...what: [string, () => Promise<SendResult>]): Promise<SendResult> => {
    const waitMs = of.at - deps.clock.now();
    if (waitMs > 0) await deps.pause(waitMs);
    const now = deps.clock.now();
    const restMs = refusals.restUntil(now) - now;
    if (restMs > 0) return { kind: 'throttled', waitMs: restMs };
    return now > of.at + USABLE_MS ? { kind: 'throttled', waitMs: 1 } : sent(of, ...what);
  };
  const slotIn = (of: Lot): TenantSlot => {
    of.left -= 1;
    of.underWay += 1;
    return {
      at: of.at,
      use: (...what) => thenAlways(use(of, ...what), () => ended(of)),
      giveBack() {
        of.left += 1;
        return ended(of);
      },
    };
  };
  return {
    /** The next slot; undefined when there is none for a while. */
    async next(): Promise<TenantSlot | undefined> {
      const patience = deps.clock.now() + LONGEST_WAIT_MS;
      for (;;) {
        const now = deps.clock.now();
        if (lot && lot.left > 0 && now <= lot.at + USABLE_MS) return slotIn(lot);
        if (now >= patience) return undefined;
        taking ??= take().finally(() => {
          taking = undefined;
        });
        await taking;
      }
    },
  };
}

async function thenAlways<T>(work: Promise<T>, after: () => Promise<void>): Promise<T> {
  try {
    return await work;
  } finally {
    await after();
  }
}

/** Takes the lot that is free first; undefined when none is free soon. */
async function takeLot(deps: BudgetDeps, { lots: count, each, everyMs }: TenantLimit) {
  const now = deps.clock.now();
  let lot: Lot | undefined;
  await changeBudget(deps, 'tenant', ({ nextAt, lots }) => {
    const freeAt = Array.from({ length: count }, (_, index) => lots[index] ?? 0);
    const first = Math.min(...freeAt);
    const index = freeAt.indexOf(first);
    const at = Math.max(now, nextAt, first);
    const until = at + HELD_MS;
    lot = at > now + LONGEST_WAIT_MS ? undefined : { index, at, until, left: each, underWay: 0, freeAt: at };
    return lot && { nextAt: at + everyMs / count / CATCH_UP, lots: freeAt.with(index, until) };
  });
  return lot;
}

/**
 * Others may use the lot from `freeAt` on, unless they were given it already. A lot that stays taken becomes
 * free by itself.
 */
const freeLot = (deps: BudgetDeps, { index, until, freeAt }: Lot, restUntil: number): Promise<void> =>
  noteInBudget(deps, 'tenant', ({ nextAt, lots }) =>
    lots[index] === until
      ? { nextAt: Math.max(nextAt, restUntil), lots: lots.with(index, freeAt) }
      : undefined,
  );

/** The quickest of this many sends is remembered, and of twice as many at most: stalls are over by then. */
const TIMED = 2_000;
const ENOUGH = 50;

/**
 * Notes how long a send took and answers how long the quickest of the last sends took; 0 while there were too
 * few.
 */
function createQuickest(): (tookMs: number) => number {
  let before = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let timed = 0;
  return (tookMs) => {
    timed += 1;
    if (timed % TIMED === 0) [before, least] = [least, Number.POSITIVE_INFINITY];
    least = Math.min(least, tookMs);
    return timed < ENOUGH ? 0 : Math.min(before, least);
  };
}

/**
 * One refused conversation may have its own limit; when a second one is refused, all of them have to wait.
 */
function createRefusals() {
  const until = new Map<string, number>();
  return {
    note: (conversationId: string, at: number) => void until.set(conversationId, at),
    /** Until when nothing should be sent; in the past when there is no reason to wait. */
    restUntil(now: number): number {
      for (const [conversationId, at] of until) if (at <= now) until.delete(conversationId);
      return [...until.values()].sort((a, b) => b - a)[1] ?? 0;
    },
  };
}
