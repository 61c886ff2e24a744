import { type ConversationMembers, outsidersOf } from '../conversations/conversationMembers';
import type { PeopleDeps } from '../people/people';
import { type Permission, permissionsOf } from '../people/person';
import { roleHolders } from '../people/roleHolders';
import type { Needs } from '../stores/core';
import type { Subscription } from './notification';

/** Whether a conversation may be told about customers now. `why`: what a person has to change. */
export type Verdict =
  | { told: true }
  | { told: false; why: 'noRole' | 'setter' | 'members' | 'notLooked'; words: string };

/** How long Keyturn trusts what Teams told about the members of a conversation. */
export const LOOKED_MS = 24 * 60 * 60_000;
const NAMED = 5;

type Deps = Pick<PeopleDeps, 'firstAdmins'> & Needs<'people'>;

/**
 * A personal chat is told while its person has a role. A shared conversation is told while an admin answers
 * for it and all its members, as looked up within a day, may see customers.
 */
export async function mayBeTold(
  deps: Deps,
  { scope, personId, setBy }: Subscription,
  members: ConversationMembers | undefined,
  now: number,
): Promise<Verdict> {
  if (scope === 'personal')
    return personId && (await may(deps, personId, 'customers.read'))
      ? { told: true }
      : no('noRole', 'This person no longer has a role.');
  if (!(await may(deps, setBy.id, 'notifications.manage')))
    return no('setter', `${setBy.name} set these alerts and is no longer an admin.`);
  if (!members || members.lookedAt + LOOKED_MS <= now)
    return no('notLooked', 'Teams did not say who is in this conversation.');
  const words = strangersIn(members, await roleHolders(deps, 'customers.read'));
  return words ? no('members', words) : { told: true };
}

const may = async (
  { stores: { people }, firstAdmins }: Deps,
  id: string,
  permission: Permission,
): Promise<boolean> =>
  firstAdmins.includes(id) || permissionsOf((await people.get(id))?.value.roles ?? []).has(permission);

/** The members who may not see customers, in a sentence; empty when all members may. */
export function strangersIn(members: ConversationMembers, readers: ReadonlySet<string>): string {
  if (members.tooMany) return 'This conversation has too many people to check who may see customers.';
  const groups = outsidersOf(members, readers).map(({ why, names }) => `${why}: ${someOf(names)}.`);
  return groups.length > 0
    ? `Some people in this conversation may not see customers. ${groups.join(' ')}`
    : '';
}

const someOf = (names: readonly string[]): string =>
  `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ''}`;

const no = (why: (Verdict & { told: false })['why'], words: string): Verdict => ({ told: false, why, words });
