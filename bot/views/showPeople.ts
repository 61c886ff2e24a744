import { peopleCard } from '../../cards/people';
import type { Card } from '../../cards/shared/card';
import { listPeople } from '../../domain/people/people';
import { type Actor, ROLES, type Role } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';

const ROLE_WORDS: Record<Role, string> = {
  admin: 'Admin: everything, also people and removing customers',
  technician: 'Technician: adds, connects and looks after customers',
  approver: 'Approver: sees customers and approves',
};

/** The people who may use the bot, with a form to add one. */
export async function showPeople(deps: AppDeps, actor: Actor, problem?: string): Promise<Card> {
  const people = await listPeople(deps, actor);
  return peopleCard({
    people: people.map(({ roles, ...person }) => ({ ...person, roles: roles.join(', ') })),
    roles: ROLES.map((role) => ({ value: role, title: ROLE_WORDS[role] })),
    ...(problem && { problem }),
  });
}
