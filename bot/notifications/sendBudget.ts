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
  tenant: { everyMs: 20.5, ahead: 1 },
  thread: { everyMs: 2_010, ahead: 6 },
};

export interface SendSlots {
  /** When the next send into this conversation is in order, in ms from now; the place is taken. */
  take(conversationId: string): Promise<number>;
}

const CHUNK = 8;
const KEPT_MS = 3_600_000;

/**
 * Places in time for sends, kept to by all instances together: each takes them from the store by compare-and-set, those of
 * the tenant some at a time. Places that an instance took and did not use are lost, never used twice.
 */
export function createSendSlots(
  deps: { sendBudgets: Store<SendBudget>; clock: Clock },
  limits: SendLimits | undefined,
): SendSlots {
  let mine: number[] = [];
  let refill: Promise<void> = Promise.resolve();
  const tenantSlot = async (pace: Pace): Promise<number> => {
    const now = deps.clock.now();
    mine = mine.filter((at) => at >= now - pace.everyMs);
    const next = mine.shift();
    if (next !== undefined) return next;
    refill = refill.then(async () => {
      if (mine.length === 0) mine = await reserve(deps, 'tenant', pace, CHUNK);
    });
    await refill;
    return mine.shift() ?? tenantSlot(pace);
  };
  return {
    async take(conversationId) {
      if (!limits) return 0;
      const [inThread = 0] = await reserve(deps, `thread|${conversationId}`, limits.thread, 1);
      const inTenant = await tenantSlot(limits.tenant);
      return Math.max(0, inThread - deps.clock.now(), inTenant - deps.clock.now());
    },
  };
}

/** The generic cell rate algorithm: one moment says all. */
async function reserve(
  deps: { sendBudgets: Store<SendBudget>; clock: Clock },
  id: string,
  { everyMs, ahead }: Pace,
  count: number,
): Promise<number[]> {
  for (;;) {
    const now = deps.clock.now();
    const known = await deps.sendBudgets.get(id);
    const rested = now - (ahead - 1) * everyMs;
    const first = Math.max(rested, known?.value.nextAt ?? rested);
    const value = { nextAt: first + count * everyMs, expiresAt: Math.ceil(Math.max(now, first) + KEPT_MS) };
    try {
      await (known ? deps.sendBudgets.replace(known, value) : deps.sendBudgets.insert(id, value));
      return Array.from({ length: count }, (_, index) => first + index * everyMs);
    } catch (error) {
      if (!(error instanceof VersionConflict || error instanceof DuplicateKey)) throw error;
    }
  }
}
