import { type DirectoryUser, isPrivileged } from '../agentProtocol/directoryUser';

/** Keyturn keeps this many characters of a user's groups. */
const MOST_TEXT = 2048;

const isAdmins = (group: string): boolean => isPrivileged({ memberOf: [group] });
const textOf = (groups: readonly string[]): number => groups.reduce((sum, { length }) => sum + length, 0);

/**
 * The user as Keyturn keeps it. When the groups are too long, groups that administer the domain come before
 * the others.
 */
export function keptUser(user: DirectoryUser): DirectoryUser {
  if (textOf(user.memberOf) <= MOST_TEXT) return user;
  const first = user.memberOf.toSorted((a, b) => Number(isAdmins(b)) - Number(isAdmins(a)));
  return { ...user, memberOf: fitting(first) };
}

/** Keeps only the groups that administer the domain; an event needs no others. */
export const withAdminGroups = (user: DirectoryUser): DirectoryUser => ({
  ...user,
  memberOf: fitting(user.memberOf.filter(isAdmins)),
});

function fitting(groups: readonly string[]): string[] {
  let room = MOST_TEXT;
  return groups.filter(({ length }) => {
    if (length > room) return false;
    room -= length;
    return true;
  });
}
