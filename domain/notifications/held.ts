import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { Delivery } from './delivery';

/**
 * How often a conversation that cannot be told is looked at, besides the moment at which it becomes
 * reachable.
 */
const LOOK_MS = 60 * 60_000;
/** Further ones are sent when they are looked at again. */
const AT_ONCE = 200;

/** Keeps a delivery that its conversation cannot be told now; people see `why`. */
export const held = (delivery: Delivery, why: string, now: number, lookMs = LOOK_MS): Delivery => ({
  ...delivery,
  state: 'held',
  failure: why,
  dueAt: now + lookMs,
});

/** This conversation can be told again: deliveries that were held or given up are due now. Safe to repeat. */
export async function releaseHeld(
  { stores: { deliveries }, clock }: Needs<'deliveries', 'clock'>,
  conversationId: string,
): Promise<void> {
  for (const state of ['held', 'failed'] as const) {
    const { items } = await deliveries.list({ where: { conversationId, state }, limit: AT_ONCE });
    for (const row of items) {
      const due = { state: 'waiting', dueAt: clock.now(), attempts: 0, failures: 0 } as const;
      // An instance that looks at it at this moment finds the conversation reachable.
      await unlessChanged(deliveries.replace(row, { ...row.value, ...due }));
    }
  }
}
