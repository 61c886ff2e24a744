import type { PasswordReset } from './agentEvent';

type Who = Pick<PasswordReset, 'how' | 'by'>;

/**
 * ANONYMOUS LOGON: nobody had signed in. Most often a user whose password has expired; but the old password,
 * or its hash, is all it takes.
 */
const ANONYMOUS = 'S-1-5-7';
/** 'Nobody', and what the log shows as `-`. */
const NOBODY = new Set(['', 'S-1-0-0']);

/**
 * Who set the password of `account`, by what a security log tells. A change (4723) is the user's own only
 * when the log names the user as the one who did it: with a stolen hash or an old password anybody can make
 * one. Done by another account, by a computer or by the system of a domain controller it is a reset by that
 * one; by ANONYMOUS LOGON or by nobody it is not known whose it is. A change without any word of who did it
 * is one of the sandbox, and stays.
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
