import { z } from 'zod';
import { distinguishedName, soundText, wholeText, words } from './text';

export const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** A Windows FILETIME as decimal digits: 100 ns since 1601-01-01 UTC; '0' means not set. */
export const fileTime = z.string().regex(/^\d{1,19}$/);
const LONGEST_NAME = 4096;
/** The most groups that an event carries. */
const MOST_GROUPS = 200;
/** UF_NORMAL_ACCOUNT, and not disabled. */
const NORMAL_ACCOUNT = 512;

/**
 * A user of Active Directory, with everything that matching needs. `objectGuid` identifies the user,
 * because names and folders change. Only that and the time of the password must be right: otherwise a
 * person who may write another attribute could hide a user's resets. Any other value that is too long or
 * invalid is cut or left out by itself. That never loses a sign of privilege.
 */
export const directoryUser = z
  .object({
    /** Lower case with dashes, as Windows shows it. */
    objectGuid: guid,
    objectSid: wholeText(200),
    /** base64: the value that Azure AD Connect uses as immutable id, otherwise the one of the objectGUID. */
    consistencyGuid: wholeText(100),
    samAccountName: words(256).catch(''),
    userPrincipalName: wholeText(1024),
    mail: wholeText(1024),
    displayName: words(1024).optional().catch(undefined),
    distinguishedName: distinguishedName(LONGEST_NAME).catch(''),
    /** The bit field of Active Directory. */
    userAccountControl: z.number().int().catch(NORMAL_ACCOUNT),
    lockoutTime: fileTime.optional().catch(undefined),
    /** '0': the user must change it at next logon. */
    pwdLastSet: fileTime,
    /**
     * adminCount = 1: AdminSDHolder protects the account, so it is privileged. An invalid count counts as
     * privileged, too.
     */
    adminCount: z.number().int().optional().catch(1),
    /** Distinguished names. A user's list that is too long is cut; the privileged groups come first. */
    memberOf: z.array(z.unknown()).catch([]).transform(textsOf),
    /**
     * The user is in a group that administers the domain, in any language; the SIDs tell it. Absent: the
     * agent did not see one.
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

/** A stable order, so that the first groups stay the first. */
function fewGroups(groups: string[]): string[] {
  const fitting = groups.filter(({ length }) => length <= LONGEST_NAME);
  if (fitting.length <= MOST_GROUPS) return fitting;
  const rank = (group: string) => (isAdministrators(group) ? 0 : 1);
  return fitting.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_GROUPS);
}

type Rights = Pick<DirectoryUser, 'adminCount' | 'memberOf' | 'privileged'>;

/** Whether the account is an administrator's, as far as the directory tells. */
export const isPrivileged = ({ adminCount, memberOf, privileged }: Rights): boolean =>
  privileged === true || adminCount === 1 || memberOf.some(isAdministrators);

/** By their English names: older agents and groups of other domains tell nothing else. */
const PRIVILEGED =
  /^cn=(domain admins|enterprise admins|schema admins|administrators|account operators|server operators|backup operators|dnsadmins|key admins|enterprise key admins|group policy creator owners),/i;

/** Whether a group is one of them, by its distinguished name. */
function isAdministrators(group: string): boolean {
  return PRIVILEGED.test(group);
}

type Guids = Pick<DirectoryUser, 'consistencyGuid' | 'objectGuid'>;

/**
 * The immutable id that Azure AD Connect makes: from mS-DS-ConsistencyGuid, otherwise from the objectGUID's
 * bytes; base64.
 */
export const immutableIdOf = ({ consistencyGuid, objectGuid }: Guids): string =>
  consistencyGuid || bytesOfGuid(objectGuid).toString('base64');

/** The bytes of a GUID as Active Directory keeps them: the first three groups begin with the lowest byte. */
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
