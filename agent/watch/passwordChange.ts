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

/**
 * How often a password was set between two looks; 0 for every other change. With the metadata ticking 'must change' is no reset, and
 * going back to an older password (a restored domain controller) is none. Without it pwdLastSet is all there is: ticking
 * 'must change' cannot be told from a reset that must be changed, and counts as one.
 * The first password of an account is its creation, even where a look falls between the two steps.
 */
export function timesSet(before: KnownPassword | undefined, now: KnownPassword): number {
  if (!before) return 0;
  if (before.version === undefined || now.version === undefined) return pwdLastSetMoved(before, now) ? 1 : 0;
  if (before.version <= 1 && before.pwdLastSet === '0' && now.version === before.version + 1) return 0;
  const later = (now.changedAt ?? 0) > (before.changedAt ?? 0);
  return later || now.version > before.version ? Math.max(1, now.version - before.version) : 0;
}

function pwdLastSetMoved({ pwdLastSet: before }: KnownPassword, { pwdLastSet: now }: KnownPassword): boolean {
  if (before === '0' || now === '0') return before !== now;
  return BigInt(now) > BigInt(before);
}

export const isSame = (one: KnownPassword | undefined, other: KnownPassword): boolean =>
  one !== undefined &&
  one.pwdLastSet === other.pwdLastSet &&
  one.version === other.version &&
  one.changedAt === other.changedAt;
