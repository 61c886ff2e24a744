import type { SendBudget } from '../../domain/notifications/notification';
import { put } from '../../domain/stores/change';
import type { Needs } from '../../domain/stores/core';

export interface BudgetDeps extends Needs<'sendBudgets', 'clock' | 'log'> {
  /** Waits; in tests it moves the clock. */
  pause(ms: number): Promise<void>;
}

const KEPT_MS = 3_600_000;
/** The longest rest that one answer of Teams may cause. */
const LONGEST_REST_MS = 60_000;
/**
 * No instance writes a time further ahead than this. Such a time comes from a wrong clock and would make
 * everybody wait.
 */
const BELIEVED_MS = 2 * LONGEST_REST_MS;

/** How long to rest when the channel asks for this wait. */
export const restOf = (waitMs: number): number => Math.min(waitMs, LONGEST_REST_MS);

type Known = Required<Omit<SendBudget, 'expiresAt'>>;
type Change = (known: Known) => Omit<SendBudget, 'expiresAt'> | undefined;

/**
 * Changes a budget. `change` gets the budget without unbelievable times; undefined leaves it as it is. Throws
 * conflict.
 */
export async function changeBudget(deps: BudgetDeps, id: string, change: Change): Promise<void> {
  await put(deps.stores.sendBudgets, id, (known) => {
    const now = deps.clock.now();
    const believed = (at: number): number => (at > now + BELIEVED_MS ? now : at);
    const { nextAt = 0, lots = [] } = known ?? {};
    const changed = change({ nextAt: believed(nextAt), lots: lots.map(believed) });
    return changed && { ...changed, expiresAt: Math.ceil(Math.max(now, changed.nextAt) + KEPT_MS) };
  });
}

/** Changes a budget after a send. The result of the send counts even when this cannot be written down. */
export async function noteInBudget(deps: BudgetDeps, id: string, change: Change): Promise<void> {
  try {
    await changeBudget(deps, id, change);
  } catch (error) {
    deps.log.warn({ err: error, budget: id }, 'what a send left of its budget was not written down');
  }
}
