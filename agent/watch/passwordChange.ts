import type { SeenUser } from '../ports';

/** What is remembered of an account's password: enough to see that it was set again. */
export interface KnownPassword {
  pwdLastSet: string;
  /** Of the replication metadata, where it could be read. */
  version?: number;
  changedAt?: number;
}

export const knownOf = ({ user, password }: SeenUser): KnownPassword => ({
  pwdLastSet: user.pwdLastSet,
  ...password,
});

/** An account may be made and given its first password in two steps, which lie that close together. */
const CREATION_MS = 60_000;
/** An authoritative restore raises every version by as much for each day since the copy, so that the old values win everywhere. */
const RESTORE_STEP = 100_000;

/**
 * How often a password was set between two looks; 0 for every other change. With the metadata ticking 'must change' is no reset, and
 * going back to an older password (a restored domain controller, or a restored object) is none. Where there is none, or none of the
 * password's (a read-only domain controller keeps no passwords), pwdLastSet is all there is: ticking 'must change' cannot be told
 * from a reset that must be changed, and counts as one. The first password of an account is its creation, even where a look falls
 * between the two steps.
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
