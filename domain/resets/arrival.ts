import type { CloudPasswordState } from '../tenants/ports';

/** How long Keyturn looks for the password, and how long it waits between two looks. */
export const ARRIVAL_MS = 10 * 60_000;
const PAUSES_S = [3, 5, 5, 8, 10, 15, 20, 30];
export const nextLookMs = (looks: number): number => (PAUSES_S[looks] ?? 45) * 1000;

/** Microsoft gives whole seconds. */
export const ROUNDED_MS = 1_000;

/** When a reset happened. When a clock at the customer is ahead, the earliest known time counts. */
export const happenedAt = (
  { changedAt, seenAt }: { changedAt: number; seenAt: number },
  toldAt: number,
): number => Math.min(changedAt, seenAt, toldAt);

/**
 * How long after the reset the password arrived, in milliseconds. A synced account has the password when
 * Microsoft says that it changed since then. A change of an account that is not synced came from elsewhere.
 */
export function liveSince(cloud: CloudPasswordState, since: number): number | undefined {
  if (!cloud.found || cloud.synced !== true || cloud.lastPasswordChangeAt === undefined) return undefined;
  if (cloud.lastPasswordChangeAt < since - ROUNDED_MS) return undefined;
  return Math.max(0, cloud.lastPasswordChangeAt - since);
}
