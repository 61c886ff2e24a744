import type { PeopleDeps } from './people';
import { type Permission, permissionsOf } from './person';

/** The Entra object ids of everybody who may do this now. */
export async function roleHolders(
  { people, firstAdmins }: Pick<PeopleDeps, 'people' | 'firstAdmins'>,
  permission: Permission,
): Promise<ReadonlySet<string>> {
  const holders = new Set(firstAdmins);
  let after: string | undefined;
  do {
    const page = await people.list({ limit: 500, ...(after && { after }) });
    for (const { id, value } of page.items) if (permissionsOf(value.roles).has(permission)) holders.add(id);
    after = page.next;
  } while (after);
  return holders;
}
