import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import type { PeopleDeps } from './people';
import { type Permission, permissionsOf } from './person';

/** The Entra object ids of all people who may do this now. */
export async function roleHolders(
  { stores: { people }, firstAdmins }: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people'>,
  permission: Permission,
): Promise<ReadonlySet<string>> {
  const holders = new Set(firstAdmins);
  for await (const page of pages(people, {}))
    for (const { id, value } of page) if (permissionsOf(value.roles).has(permission)) holders.add(id);
  return holders;
}
