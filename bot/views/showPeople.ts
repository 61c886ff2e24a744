import type { Card } from '../../cards/card';
import { peopleCard } from '../../cards/people';
import { forgetPerson } from '../../domain/people/forgetPerson';
import { addPerson, listPeople, removePerson } from '../../domain/people/people';
import { type Actor, ROLES, type Role } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

const ROLE_WORDS: Record<Role, string> = {
  admin: 'Admin: everything, also people and removing customers',
  technician: 'Technician: adds, connects and looks after customers',
  approver: 'Approver: sees customers and approves',
};

/** Who may use the bot, with a form to add somebody. */
export async function showPeople(deps: AppDeps, actor: Actor, problem?: string): Promise<Card> {
  const people = await listPeople(deps, actor);
  return peopleCard({
    people: people.map(({ roles, ...person }) => ({ ...person, roles: roles.join(', ') })),
    roles: ROLES.map((role) => ({ value: role, title: ROLE_WORDS[role] })),
    ...(problem && { problem }),
  });
}

/** Gives somebody a role and says so in the conversation. */
export async function grantRole(
  deps: AppDeps,
  turn: Turn,
  who: { objectId: string; name: string },
  role: Role,
): Promise<void> {
  const { value } = await addPerson(deps, turn.actor, { ...who, role, requestId: turn.requestId });
  turn.say({ text: `${value.name} is now: ${value.roles.join(', ')}.` });
}

/** Takes every role from somebody and says so in the conversation. */
export async function takeRoles(
  deps: AppDeps,
  turn: Turn,
  { objectId }: { objectId: string },
): Promise<void> {
  const { name } = await removePerson(deps, turn.actor, { objectId, requestId: turn.requestId });
  await forgetPerson(deps.stores, objectId);
  turn.say({ text: `${name} has no role any more.` });
}
