import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import type { PeopleDeps } from './people';
import { PERMISSIONS, type Permission, permissionsOf, type Role } from './person';

/** What every one of these people (Entra object ids) may do now; nothing for nobody. */
export async function commonPermissions(
  { stores: { people }, firstAdmins }: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people'>,
  ids: readonly string[],
): Promise<ReadonlySet<Permission>> {
  const roles = new Map<string, Role[]>(firstAdmins.map((id) => [id, ['admin']]));
  for await (const page of pages(people, {}))
    for (const { id, value } of page) roles.set(id, [...(roles.get(id) ?? []), ...value.roles]);
  const each = ids.map((id) => permissionsOf(roles.get(id) ?? []));
  return new Set(
    PERMISSIONS.filter((permission) => ids.length > 0 && each.every((may) => may.has(permission))),
  );
}
