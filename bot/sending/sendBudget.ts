import { type BudgetDeps, changeBudget, noteInBudget, restOf } from './changeBudget';
import { type SendResult, waitOf } from './sendResult';
import { createTenantSlots, LONGEST_WAIT_MS, type TenantLimit, type TenantSlot } from './tenantSlots';

/** `everyMs`: the lasting pace; `ahead`: how many sends may go at once after a rest. */
interface Pace {
  everyMs: number;
  ahead: number;
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export interface SendLimits {
  /** All conversations of the bot in its tenant: 50 a second. Absent: no limit. */
  tenant?: TenantLimit;
  /** One conversation: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1800 in an hour. */
  thread: Pace;
}
export const TEAMS_LIMITS = {
  tenant: { lots: 10, each: 5, everyMs: 1_000 },
  thread: { everyMs: 2_010, ahead: 6 },
} satisfies SendLimits;

/** A moment that was taken for one send. */
export interface SendSlot {
  /** Waits for the slot and sends. Resolves to the result; throttled also when it is better not to send. */
  use(send: () => Promise<SendResult>): Promise<SendResult>;
  /** Gives the slot back: nothing will be sent in it. */
  giveBack(): Promise<void>;
}

export interface SendSlots {
  /** The next slot for a send into this conversation. When none was taken: in how many ms to ask again. */
  take(conversationId: string): Promise<SendSlot | { laterMs: number }>;
  /** In how many ms this conversation has a slot after `ahead` others; takes nothing. */
  later(conversationId: string, ahead: number): Promise<number>;
}

/**
 * Slots for sends that all instances keep to together: each instance takes them from the store by
 * compare-and-set. Without limits everything may go at once.
 */
export function createSendSlots(deps: BudgetDeps, limits: SendLimits | undefined): SendSlots {
  if (!limits) return { take: async () => AT_ONCE, later: async () => 0 };
  const tenant = limits.tenant && createTenantSlots(deps, limits.tenant);
  const next = async (): Promise<TenantSlot | undefined> =>
    tenant ? tenant.next() : { at: deps.clock.now(), use: (_, send) => send(), giveBack: AT_ONCE.giveBack };
  return {
    async later(conversationId, ahead) {
      const now = deps.clock.now();
      const freeAt = await threadFreeAt(deps, conversationId, limits.thread, { at: now, take: false });
      return Math.max(0, freeAt + ahead * limits.thread.everyMs - now);
    },
    async take(conversationId) {
      const slot = await next();
      if (!slot) return { laterMs: LONGEST_WAIT_MS };
      const freeAt = await threadFreeAt(deps, conversationId, limits.thread, { at: slot.at, take: true });
      if (freeAt > slot.at) {
        await slot.giveBack();
        return { laterMs: freeAt - deps.clock.now() };
      }
      return {
        giveBack: slot.giveBack,
        async use(send) {
          const result = await slot.use(conversationId, send);
          const waitMs = waitOf(result);
          if (waitMs) await restThread(deps, conversationId, deps.clock.now() + restOf(waitMs));
          return result;
        },
      };
    },
  };
}

const AT_ONCE: SendSlot = { use: (send) => send(), giveBack: async () => undefined };

/**
 * When the conversation is free for one send, seen from `at`. By the generic cell rate algorithm, one moment
 * holds the whole state.
 */
const freeAtOf = (nextAt: number, { everyMs, ahead }: Pace, at: number): number =>
  Math.max(at - (ahead - 1) * everyMs, nextAt);

/** When the conversation is free for one send. `take` takes the slot when that moment is not after `at`. */
async function threadFreeAt(
  deps: BudgetDeps,
  conversationId: string,
  pace: Pace,
  { at, take }: { at: number; take: boolean },
): Promise<number> {
  let freeAt = at;
  await changeBudget(deps, `thread|${conversationId}`, ({ nextAt }) => {
    freeAt = freeAtOf(nextAt, pace, at);
    return take && freeAt <= at ? { nextAt: freeAt + pace.everyMs } : undefined;
  });
  return freeAt;
}

/** Nobody sends into the conversation until then. */
const restThread = (deps: BudgetDeps, conversationId: string, until: number): Promise<void> =>
  noteInBudget(deps, `thread|${conversationId}`, ({ nextAt }) => ({ nextAt: Math.max(nextAt, until) }));
