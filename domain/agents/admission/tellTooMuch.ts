import { eventNow } from '../../events/customerEvent';
import { recordEvent } from '../../events/recordEvent';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import type { Agent } from '../agent';

const AHEAD_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Tells people once a day that an agent exceeded a bound, before everything else that waits for its customer.
 */
export async function tellTooMuch(
  deps: Needs<'events', 'clock'>,
  { id, value }: Stored<Agent>,
  { bound, finding }: { bound: string; finding: string },
): Promise<void> {
  const now = deps.clock.now();
  const facts = { kind: 'connectionDegraded', finding: `${value.machine.name}: ${finding}` } as const;
  const told = eventNow(value.customerId, facts, now, { dueAt: now - AHEAD_MS });
  await recordEvent(deps, `tooMuch|${id}|${bound}|${Math.floor(now / DAY_MS)}`, told);
}
