import { z } from 'zod';
import { distinguishedName, soundText, wholeText, words } from './text';

export const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** A Windows FILETIME as decimal digits: 100 ns since 1601-01-01 UTC; '0' means not set. */
export const fileTime = z.string().regex(/^\d{1,19}$/);
const LONGEST_NAME = 4096;
/** As many groups as are carried. */
const MOST_GROUPS = 200;
/** UF_NORMAL_ACCOUNT, and not disabled. */
const NORMAL_ACCOUNT = 512;

/**
 * A user of Active Directory with what matching needs. Identified by `objectGuid`: names and places change.
 * That, and when the password was set, is all that must be right: a person who may write another attribute
 * could otherwise make a user's resets unseen. What else is too long or no such value is cut or left out,
 * each by itself. What tells of privilege is never lost by that.
 */
export const directoryUser = z
  .object({
    /** Lower case with dashes, as Windows shows it. */
    objectGuid: guid,
    objectSid: wholeText(200),
    /** base64; what Azure AD Connect takes as immutable id, else that of the objectGUID. */
    consistencyGuid: wholeText(100),
    samAccountName: words(256).catch(''),
    userPrincipalName: wholeText(1024),
    mail: wholeText(1024),
    displayName: words(1024).optional().catch(undefined),
    distinguishedName: distinguishedName(LONGEST_NAME).catch(''),
    /** The bit field of Active Directory. */
    userAccountControl: z.number().int().catch(NORMAL_ACCOUNT),
    lockoutTime: fileTime.optional().catch(undefined),
    /** '0': must change at next logon. */
    pwdLastSet: fileTime,
    /**
     * adminCount = 1: protected by AdminSDHolder, a privileged account; so is one whose count makes no sense.
     */
    adminCount: z.number().int().optional().catch(1),
    /** Distinguished names; a user with more is cut off, the privileged groups first. */
    memberOf: z.array(z.unknown()).catch([]).transform(textsOf),
    /**
     * Of a group that administers the domain, whatever it is called there; told by the SIDs. Absent: not that
     * the agent saw.
     */
    privileged: z.boolean().optional().catch(true),
  })
  .transform((user) => {
    const memberOf = fewGroups(user.memberOf);
    const isLost = user.memberOf.some(isAdministrators) && !memberOf.some(isAdministrators);
    return { ...user, memberOf, ...(isLost && { privileged: true }) };
  });
export type DirectoryUser = z.output<typeof directoryUser>;

function textsOf(values: unknown[]): string[] {
  return values.filter((value) => typeof value === 'string').map(soundText);
}

/** A stable order: the first ones stay the first. */
function fewGroups(groups: string[]): string[] {
  const fitting = groups.filter(({ length }) => length <= LONGEST_NAME);
  if (fitting.length <= MOST_GROUPS) return fitting;
  const rank = (group: string) => (isAdministrators(group) ? 0 : 1);
  return fitting.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_GROUPS);
}

/** Whether it is of an administrator, as far as the directory tells. */
export const isPrivileged = ({
  adminCount,
  memberOf,
  privileged,
}: Pick<DirectoryUser, 'adminCount' | 'memberOf' | 'privileged'>): boolean =>
  privileged === true || adminCount === 1 || memberOf.some(isAdministrators);

/** By their English names: all that older agents tell, and of groups of other domains. */
const PRIVILEGED =
  /^cn=(domain admins|enterprise admins|schema admins|administrators|account operators|server operators|backup operators|dnsadmins|key admins|enterprise key admins|group policy creator owners),/i;

/** Whether a group is one of them, by its distinguished name. */
function isAdministrators(group: string): boolean {
  return PRIVILEGED.test(group);
}

/** What Azure AD Connect makes the immutable id of: mS-DS-ConsistencyGuid, else the objectGUID's bytes; base64. */
export function immutableIdOf({
  consistencyGuid,
  objectGuid,
}: Pick<DirectoryUser, 'consistencyGuid' | 'objectGuid'>) {
  return consistencyGuid || bytesOfGuid(objectGuid).toString('base64');
}

/** The bytes of a GUID as Active Directory keeps them: the first three groups with the lowest byte first. */
export function bytesOfGuid(guidText: string): Buffer {
  const bytes = Buffer.from(guidText.replaceAll('-', ''), 'hex');
  return Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
}

const FILETIME_EPOCH_MS = 11_644_473_600_000;
/** Milliseconds since 1970; undefined for '0'. */
export const timeOf = (time: string): number | undefined =>
  time === '0' ? undefined : Number(BigInt(time) / 10_000n) - FILETIME_EPOCH_MS;
