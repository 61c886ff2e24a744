import { type PeopleData, peopleCard } from '../../cards/people';
import type { Card } from '../../cards/shared/card';
import { listed } from '../../cards/shared/format';
import { learnNames } from '../../domain/people/learnNames';
import { listPeople } from '../../domain/people/people';
import type { Actor, Role } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';

/** What the form offers. An approver has nothing to approve yet: the role stays for those who have it. */
const ROLES = [
  { value: 'technician', title: 'Technician: adds customers and connects them' },
  { value: 'admin', title: 'Admin: everything, also people and removing customers' },
];
const WORDS: Record<Role, string> = { admin: 'Admin', technician: 'Technician', approver: 'Approver' };
const PER_PAGE = 8;

/** The people who may use the bot, with a form to add one; `form` keeps what was filled in and refused. */
export async function showPeople(
  deps: AppDeps,
  actor: Actor,
  { page = 0, form }: { page?: number } & Pick<PeopleData, 'form'> = {},
): Promise<Card> {
  await learnNames(deps);
  const people = await listPeople(deps, actor);
  const shown = Math.min(page, Math.max(0, Math.ceil(people.length / PER_PAGE) - 1));
  const rows = people.slice(shown * PER_PAGE, (shown + 1) * PER_PAGE).map(({ roles, ...person }) => ({
    ...person,
    roles: listed(roles.map((role) => WORDS[role])),
  }));
  return peopleCard({
    ...{ rows, total: people.length, page: shown, perPage: PER_PAGE, roles: ROLES },
    ...(form && { form }),
  });
}
