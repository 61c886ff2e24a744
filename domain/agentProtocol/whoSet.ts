import type { PasswordReset } from './agentEvent';

type Who = Pick<PasswordReset, 'how' | 'by'>;

/**
 * ANONYMOUS LOGON: nobody had signed in. Most often it is a user whose password has expired, but the old
 * password or its hash is enough for it.
 */
const ANONYMOUS = 'S-1-5-7';
/** 'Nobody', and what the log shows as `-`. */
const NOBODY = new Set(['', 'S-1-0-0']);

/**
 * Tells who set the password of `account`, according to a security log. A change (4723) is the user's own
 * only when the log names that user: with a stolen hash or an old password anybody can make a change. If
 * another account, a computer or the system of a domain controller made it, it is a reset by that one. If
 * ANONYMOUS LOGON or nobody made it, its author is unknown. A change that names nobody at all comes from
 * the sandbox, and stays a change.
 */
export function whoSet({ how, by }: Who, account: { objectSid?: string; samAccountName: string }): Who {
  if (!by) return { how };
  const isNobody = NOBODY.has(by.sid) && NOBODY.has(by.name);
  if (isNobody) return { how: how === 'change' ? 'unknown' : how };
  if (how !== 'change' || isSame(by, account)) return { how, by };
  return { how: by.sid === ANONYMOUS ? 'unknown' : 'reset', by };
}

function isSame(
  { sid, name }: NonNullable<Who['by']>,
  { objectSid, samAccountName }: { objectSid?: string; samAccountName: string },
): boolean {
  if (objectSid) return sid === objectSid;
  return name.toLowerCase() === samAccountName.toLowerCase();
}
