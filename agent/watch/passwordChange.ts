import type { SeenUser } from '../ports';

/** What the agent remembers about an account's password: enough to see that it was set again. */
export interface KnownPassword {
  pwdLastSet: string;
  /** From the replication metadata, if the account may read it. */
  version?: number;
  changedAt?: number;
}

export const knownOf = ({ user, password }: SeenUser): KnownPassword => ({
  pwdLastSet: user.pwdLastSet,
  ...password,
});

/** An account and its first password may be made in two steps, which lie at most this far apart. */
const CREATION_MS = 60_000;
/**
 * An authoritative restore raises every version by this much per day since the copy, so that the old values
 * win everywhere.
 */
const RESTORE_STEP = 100_000;

/**
 * How often a password was set between two looks; 0 for every other change. With the metadata, ticking
 * 'must change' is not a reset, and neither is the return of an older password after a controller or an
 * object was restored. A read-only domain controller keeps no passwords, so it has no metadata of them:
 * then there is only pwdLastSet, ticking 'must change' looks like a reset that must be changed, and it
 * counts as one. The first password of an account is its creation, even if a look falls between the two
 * steps.
 */
export function timesSet(before: KnownPassword | undefined, now: KnownPassword): number {
  if (!before) return 0;
  if (before.version === undefined || now.version === undefined) return pwdLastSetMoved(before, now) ? 1 : 0;
  if (isCreation(before, now)) return 0;
  if (now.version === 0) return pwdLastSetMoved(before, now) ? 1 : 0;
  const raised = now.version - before.version;
  if (raised >= RESTORE_STEP) return wentOn(before, now) ? 1 : 0;
  const later = (now.changedAt ?? 0) > (before.changedAt ?? 0);
  return later || raised > 0 ? Math.max(1, raised) : 0;
}

/** Windows counts an account without a password as version 1, Samba as 0. */
function isCreation(before: KnownPassword, now: KnownPassword): boolean {
  if (before.pwdLastSet !== '0' || now.version !== (before.version ?? 0) + 1) return false;
  if (before.version === 0) return true;
  return before.version === 1 && (now.changedAt ?? 0) - (before.changedAt ?? 0) < CREATION_MS;
}

function pwdLastSetMoved(before: KnownPassword, now: KnownPassword): boolean {
  if (before.pwdLastSet === '0' || now.pwdLastSet === '0') return before.pwdLastSet !== now.pwdLastSet;
  return wentOn(before, now);
}

const wentOn = ({ pwdLastSet: before }: KnownPassword, { pwdLastSet: now }: KnownPassword): boolean =>
  before !== '0' && now !== '0' && BigInt(now) > BigInt(before);

export const isSame = (one: KnownPassword | undefined, other: KnownPassword): boolean =>
  one !== undefined &&
  one.pwdLastSet === other.pwdLastSet &&
  one.version === other.version &&
  one.changedAt === other.changedAt;
