import type { Clock } from '../ports';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import type { Delivery } from './delivery';

/** How often a place is looked at that cannot be told, beside the moment at which it comes back. */
const LOOK_MS = 60 * 60_000;
/** More than that go out as they are looked at again. */
const AT_ONCE = 200;

/** What cannot be told in its place now is kept until it can be; `why` is shown to people. */
export const held = (delivery: Delivery, why: string, now: number, lookMs = LOOK_MS): Delivery => ({
  ...delivery,
  state: 'held',
  failure: why,
  dueAt: now + lookMs,
});

/** This place can be told again: what was held, or given up, is due now. Safe to repeat. */
export async function releaseHeld(
  { deliveries, clock }: { deliveries: Stores['deliveries']; clock: Clock },
  conversationId: string,
): Promise<void> {
  for (const state of ['held', 'failed'] as const) {
    const { items } = await deliveries.list({ where: { conversationId, state }, limit: AT_ONCE });
    for (const row of items) {
      const due = { state: 'waiting', dueAt: clock.now(), attempts: 0, failures: 0 } as const;
      // An instance that looks at it at this moment finds the place open.
      await unlessChanged(deliveries.replace(row, { ...row.value, ...due }));
    }
  }
}
