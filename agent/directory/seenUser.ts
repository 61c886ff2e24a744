import type { Entry } from 'ldapts';
import { directoryUser, isPrivileged } from '../../domain/agentProtocol/directoryUser';
import type { SeenUser } from '../ports';
import { guidOf, sidOf } from './binaryIds';
import { passwordMetadataOf } from './passwordMetadata';
import { isPrivilegedId, type PrivilegedGroups } from './privilegedGroups';

/** What is read of a user. */
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
/** As many as the protocol carries. */
const MOST_GROUPS = 200;

/** Undefined for a row that is not what the protocol carries. What the account may not read is absent; pwdLastSet then counts as 0. */
export function seenUserOf(entry: Entry, privileged: PrivilegedGroups = new Set()): SeenUser | undefined {
  const metadata = bytesOf(entry, 'replPropertyMetaData');
  const user = directoryUser.safeParse({
    objectGuid: objectGuidOf(entry),
    objectSid: optional(bytesOf(entry, 'objectSid'), sidOf),
    consistencyGuid: optional(bytesOf(entry, 'mS-DS-ConsistencyGuid'), (bytes) => bytes.toString('base64')),
    samAccountName: textOf(entry, 'sAMAccountName'),
    userPrincipalName: textOf(entry, 'userPrincipalName'),
    mail: textOf(entry, 'mail'),
    displayName: textOf(entry, 'displayName'),
    distinguishedName: textOf(entry, 'distinguishedName'),
    userAccountControl: optional(textOf(entry, 'userAccountControl'), Number),
    lockoutTime: textOf(entry, 'lockoutTime'),
    pwdLastSet: textOf(entry, 'pwdLastSet') ?? '0',
    adminCount: optional(textOf(entry, 'adminCount'), Number),
    memberOf: groupsOf(entry, privileged),
    privileged: isOfPrivileged(entry, privileged) || undefined,
  });
  const usn = textOf(entry, 'uSNChanged');
  if (!user.success || !/^\d{1,20}$/.test(usn ?? '')) return undefined;
  const password = metadata && passwordMetadataOf(metadata);
  return { user: user.data, usn: BigInt(usn ?? 0), ...(password && { password }) };
}

export const objectGuidOf = (entry: Entry): string | undefined =>
  optional(bytesOf(entry, 'objectGUID'), guidOf);

/** Every value of it. A very long list comes as `memberOf;range=0-1499`. */
function allGroupsOf(entry: Entry): string[] {
  const names = Object.keys(entry).filter((name) => /^memberOf(;range=\d+-(\d+|\*))?$/i.test(name));
  return names.flatMap((name) => textsOf(entry, name));
}

/** The privileged groups first, so that a long list is cut where it matters least. */
function groupsOf(entry: Entry, privileged: PrivilegedGroups): string[] {
  const rank = (group: string) =>
    privileged.has(group.toLowerCase()) || isPrivileged({ memberOf: [group] }) ? 0 : 1;
  return allGroupsOf(entry)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_GROUPS);
}

const isOfPrivileged = (entry: Entry, privileged: PrivilegedGroups): boolean =>
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
