import type { Entry } from 'ldapts';
import { directoryUser, fileTime } from '../../domain/agentProtocol/directoryUser';
import type { SeenUser } from '../ports';
import { guidOf, sidOf } from './binaryIds';
import { passwordMetadataOf } from './passwordMetadata';
import { isPrivilegedId, type PrivilegedGroups } from './privilegedGroups';

/** The attributes that the agent reads of a user. */
export const USER_ATTRIBUTES = [
  'objectGUID',
  'objectSid',
  'mS-DS-ConsistencyGuid',
  'sAMAccountName',
  'userPrincipalName',
  'mail',
  'displayName',
  'distinguishedName',
  'userAccountControl',
  'lockoutTime',
  'pwdLastSet',
  'adminCount',
  'memberOf',
  'primaryGroupID',
  'uSNChanged',
  'replPropertyMetaData',
];
export const BINARY_ATTRIBUTES = ['objectGUID', 'objectSid', 'mS-DS-ConsistencyGuid', 'replPropertyMetaData'];

/**
 * Undefined: the row lacks what tells a reset, which is the objectGUID and either pwdLastSet or the
 * password's replication metadata. Every other attribute may be absent, because the account may not read
 * it, or may hold anything that somebody wrote there. A missing pwdLastSet counts as 0.
 */
export function seenUserOf(entry: Entry, privileged: PrivilegedGroups = new Set()): SeenUser | undefined {
  const metadata = optional(bytesOf(entry, 'replPropertyMetaData'), passwordMetadataOf);
  const objectGuid = objectGuidOf(entry);
  const objectSid = optional(bytesOf(entry, 'objectSid'), sidOf);
  const told = fileTime.safeParse(textOf(entry, 'pwdLastSet')).data;
  const user = directoryUser.safeParse({
    objectGuid,
    objectSid,
    consistencyGuid: optional(bytesOf(entry, 'mS-DS-ConsistencyGuid'), (bytes) => bytes.toString('base64')),
    samAccountName: textOf(entry, 'sAMAccountName') ?? objectSid ?? objectGuid,
    userPrincipalName: textOf(entry, 'userPrincipalName'),
    mail: textOf(entry, 'mail'),
    displayName: textOf(entry, 'displayName'),
    distinguishedName: textOf(entry, 'distinguishedName') ?? entry.dn,
    userAccountControl: optional(textOf(entry, 'userAccountControl'), Number),
    lockoutTime: textOf(entry, 'lockoutTime'),
    pwdLastSet: told ?? (metadata && '0'),
    adminCount: optional(textOf(entry, 'adminCount'), Number),
    memberOf: groupsOf(entry, privileged),
    privileged: isOfPrivileged(entry, privileged) || undefined,
  });
  if (!user.success) return undefined;
  return { user: user.data, usn: usnOf(entry), ...(metadata && { password: metadata }) };
}

/** 0 when it is missing or unreadable: the agent needs it for no reset. */
function usnOf(entry: Entry): bigint {
  const usn = textOf(entry, 'uSNChanged') ?? '';
  return /^\d{1,20}$/.test(usn) ? BigInt(usn) : 0n;
}

export function objectGuidOf(entry: Entry): string | undefined {
  const bytes = bytesOf(entry, 'objectGUID');
  return bytes?.length === 16 ? guidOf(bytes) : undefined;
}

/** All values that came. A very long list has the name `memberOf;range=0-1499`. */
function allGroupsOf(entry: Entry): string[] {
  return groupNames(entry).flatMap((name) => textsOf(entry, name));
}

const groupNames = (entry: Entry) =>
  Object.keys(entry).filter((name) => /^memberOf(;range=\d+-(\d+|\*))?$/i.test(name));

/**
 * Whether the list continues after the part that came: any group may be in the rest. Windows lets nobody
 * with that many groups sign in.
 */
const goesOn = (entry: Entry) => groupNames(entry).some((name) => /;range=\d+-\d+$/i.test(name));

/** Groups that are privileged by their SID come first, so a cut loses the least important ones. */
function groupsOf(entry: Entry, privileged: PrivilegedGroups): string[] {
  const rank = (group: string) => (privileged.has(group.toLowerCase()) ? 0 : 1);
  return allGroupsOf(entry).sort((a, b) => rank(a) - rank(b));
}

const isOfPrivileged = (entry: Entry, privileged: PrivilegedGroups): boolean =>
  goesOn(entry) ||
  isPrivilegedId(Number(textOf(entry, 'primaryGroupID') ?? 0)) ||
  allGroupsOf(entry).some((group) => privileged.has(group.toLowerCase()));

function textsOf(entry: Entry, name: string): string[] {
  const held = entry[name];
  const values: (Buffer | string)[] = Array.isArray(held) ? held : held === undefined ? [] : [held];
  return values.map((value) => value.toString());
}

/** An attribute without a value comes as an empty list. */
const textOf = (entry: Entry, name: string): string | undefined => textsOf(entry, name)[0] || undefined;

function bytesOf(entry: Entry, name: string): Buffer | undefined {
  const held = entry[name];
  const value = Array.isArray(held) ? held[0] : held;
  return Buffer.isBuffer(value) && value.length > 0 ? value : undefined;
}

const optional = <In, Out>(value: In | undefined, map: (value: In) => Out): Out | undefined =>
  value === undefined ? undefined : map(value);
