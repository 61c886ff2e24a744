import type { CloudPasswordState } from '../tenants/ports';

/** How long the password is looked for, and how long it is waited between two looks. */
export const ARRIVAL_MS = 10 * 60_000;
const PAUSES_S = [3, 5, 5, 8, 10, 15, 20, 30];
export const nextLookMs = (looks: number): number => (PAUSES_S[looks] ?? 45) * 1000;

/** Microsoft tells whole seconds. */
export const ROUNDED_MS = 1_000;

/** When a reset happened: where a clock at the customer is ahead, the earliest that anybody says of it. */
export const happenedAt = (
  { changedAt, seenAt }: { changedAt: number; seenAt: number },
  toldAt: number,
): number => Math.min(changedAt, seenAt, toldAt);

/**
 * How long after the reset the password was there, in milliseconds: an account that is synced has it when Microsoft says that it was
 * changed since. What is changed of an account that is not synced came from elsewhere.
 */
export function liveSince(cloud: CloudPasswordState, since: number): number | undefined {
  if (!cloud.found || cloud.synced !== true || cloud.lastPasswordChangeAt === undefined) return undefined;
  if (cloud.lastPasswordChangeAt < since - ROUNDED_MS) return undefined;
  return Math.max(0, cloud.lastPasswordChangeAt - since);
}
