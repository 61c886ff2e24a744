import { type DirectoryUser, isPrivileged } from '../agentProtocol/directoryUser';

/** Of the groups of a user so many characters are kept. */
const MOST_TEXT = 2048;

const isAdmins = (group: string): boolean => isPrivileged({ memberOf: [group] });
const textOf = (groups: readonly string[]): number => groups.reduce((sum, { length }) => sum + length, 0);

/**
 * A user as it is kept: where the groups are too much text, those that administer the domain before the
 * others.
 */
export function keptUser(user: DirectoryUser): DirectoryUser {
  if (textOf(user.memberOf) <= MOST_TEXT) return user;
  const first = user.memberOf.toSorted((a, b) => Number(isAdmins(b)) - Number(isAdmins(a)));
  return { ...user, memberOf: fitting(first) };
}

/** With the groups alone that administer the domain: the others are of no use to an event. */
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
