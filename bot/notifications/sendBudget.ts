import { DuplicateKey, VersionConflict } from '../../domain/errors';
import type { SendBudget } from '../../domain/notifications/notification';
import type { Clock, Store } from '../../domain/ports';

/** `everyMs`: the pace that holds for good; `ahead`: how many may go at once after a rest. */
export interface Pace {
  everyMs: number;
  ahead: number;
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, with a little left over for clocks and ways. */
export interface SendLimits {
  /** All conversations of the bot in its tenant: 50 a second. */
  tenant: Pace;
  /** One conversation: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1800 in an hour. */
  thread: Pace;
}
export const TEAMS_LIMITS: SendLimits = {
  tenant: { everyMs: 20.8, ahead: 1 },
  thread: { everyMs: 2_010, ahead: 6 },
};

/** A place in time that was taken for one send. */
export interface SendSlot {
  /** Resolves when it is there: what is sent, is sent at once then. */
  come(): Promise<void>;
}

export interface SendSlots {
  /** The next place for a send into this conversation, or in how many ms it is worth asking again: nothing was taken then. */
  take(conversationId: string): Promise<SendSlot | { laterMs: number }>;
}

interface SlotDeps {
  sendBudgets: Store<SendBudget>;
  clock: Clock;
  /** Waits; the tests' moves their clock. */
  pause(ms: number): Promise<void>;
}

/** Places of the tenant that an instance takes at a time. */
const CHUNK = 8;
const KEPT_MS = 3_600_000;
/** A place that is farther away is left to others, and asked for again. */
const LONGEST_WAIT_MS = 2_000;
/** Who comes later than this after a place, held up by other work, would come together with those of the next places, and takes another one. */
const LATE_MS = 12;

/**
 * Places in time for sends, kept to by all instances together: each takes them from the store by compare-and-set, those of
 * the tenant some at a time. Places that an instance took and did not use are lost, never used twice. Without limits everything may
 * go at once.
 */
export function createSendSlots(deps: SlotDeps, limits: SendLimits | undefined): SendSlots {
  if (!limits) return { take: async () => ({ come: async () => undefined }) };
  const tenant = tenantPlaces(deps, limits.tenant);
  const come = async (first: number): Promise<void> => {
    for (let at: number | undefined = first; ; ) {
      const waitMs = at === undefined ? LONGEST_WAIT_MS : at - deps.clock.now();
      if (waitMs > 0) await deps.pause(waitMs);
      else if (-waitMs <= LATE_MS) return;
      if (at === undefined || waitMs <= 0) at = await tenant.next();
    }
  };
  return {
    async take(conversationId) {
      const at = await tenant.next();
      if (at === undefined) return { laterMs: LONGEST_WAIT_MS };
      const thread = await reserve(deps, `thread|${conversationId}`, limits.thread, {
        count: 1,
        from: at,
        by: at,
      });
      if (thread.free) return { come: () => come(at) };
      tenant.giveBack(at);
      return { laterMs: thread.at - deps.clock.now() };
    },
  };
}

/** This instance's share of the tenant's places; undefined while the next free one is too far away. */
function tenantPlaces(deps: SlotDeps, pace: Pace) {
  let mine: number[] = [];
  let refill: Promise<boolean> = Promise.resolve(true);
  const refilled = async (): Promise<boolean> => {
    if (mine.length > 0) return true;
    const from = deps.clock.now();
    const { at, free } = await reserve(deps, 'tenant', pace, {
      count: CHUNK,
      from,
      by: from + LONGEST_WAIT_MS,
    });
    if (free) mine = Array.from({ length: CHUNK }, (_, index) => at + index * pace.everyMs);
    return free;
  };
  const next = async (): Promise<number | undefined> => {
    const now = deps.clock.now();
    mine = mine.filter((at) => at >= now - LATE_MS);
    const first = mine.shift();
    if (first !== undefined) return first;
    refill = refill.then(refilled, refilled);
    return (await refill) ? next() : undefined;
  };
  const giveBack = (at: number): void => {
    mine = [...mine, at].sort((a, b) => a - b);
  };
  return { next, giveBack };
}

/** The generic cell rate algorithm: one moment says all. `at` is the first place from `from` on; it is taken unless it is after `by`. */
async function reserve(
  { sendBudgets }: SlotDeps,
  id: string,
  { everyMs, ahead }: Pace,
  { count, from, by }: { count: number; from: number; by: number },
): Promise<{ at: number; free: boolean }> {
  for (;;) {
    const known = await sendBudgets.get(id);
    const at = Math.max(from - (ahead - 1) * everyMs, known?.value.nextAt ?? 0);
    if (at > by) return { at, free: false };
    const value = { nextAt: at + count * everyMs, expiresAt: Math.ceil(Math.max(from, at) + KEPT_MS) };
    try {
      await (known ? sendBudgets.replace(known, value) : sendBudgets.insert(id, value));
      return { at, free: true };
    } catch (error) {
      if (!(error instanceof VersionConflict || error instanceof DuplicateKey)) throw error;
    }
  }
}
