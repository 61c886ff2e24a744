import { z } from 'zod';

const text = (most: number) => z.string().max(most);
const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** A Windows FILETIME as decimal digits: 100 ns since 1601-01-01 UTC; '0' means not set. */
export const fileTime = z.string().regex(/^\d{1,19}$/);

/** A user of Active Directory with what matching needs. Identified by `objectGuid`: names and places change. */
export const directoryUser = z.object({
  /** Lower case with dashes, as Windows shows it. */
  objectGuid: guid,
  objectSid: text(200).optional(),
  /** base64; what Azure AD Connect takes as immutable id, else that of the objectGUID. */
  consistencyGuid: text(100).optional(),
  samAccountName: text(256),
  userPrincipalName: text(1024).optional(),
  mail: text(1024).optional(),
  displayName: text(1024).optional(),
  distinguishedName: text(4096),
  /** The bit field of Active Directory. */
  userAccountControl: z.number().int(),
  lockoutTime: fileTime.optional(),
  /** '0': must change at next logon. */
  pwdLastSet: fileTime,
  /** adminCount = 1: protected by AdminSDHolder, a privileged account. */
  adminCount: z.number().int().optional(),
  /** Distinguished names; a user with more is cut off, the privileged groups first. */
  memberOf: z.array(text(4096)).max(200),
  /** Of a group that administers the domain, whatever it is called there; told by the SIDs. Absent: not that the agent saw. */
  privileged: z.boolean().optional(),
});
export type DirectoryUser = z.output<typeof directoryUser>;

/** Whether it is of an administrator, as far as the directory tells. */
export const isPrivileged = ({
  adminCount,
  memberOf,
  privileged,
}: Pick<DirectoryUser, 'adminCount' | 'memberOf' | 'privileged'>): boolean =>
  privileged === true || adminCount === 1 || memberOf.some((group) => PRIVILEGED.test(group));

/** By their English names: all that older agents tell, and of groups of other domains. */
const PRIVILEGED =
  /^cn=(domain admins|enterprise admins|schema admins|administrators|account operators|server operators|backup operators|dnsadmins|key admins|enterprise key admins|group policy creator owners),/i;

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
