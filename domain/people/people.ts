import { type AuditDeps, audited } from '../audit/recordAudit';
import { invalidInput, notFound } from '../errors';
import type { Stored } from '../ports';
import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import { unlessChanged } from '../stores/retried';
import { forgetPerson } from './forgetPerson';
import { permit } from './permit';
import { type Actor, type Person, permissionsOf, type Role, UNNAMED } from './person';

export type PeopleDeps = AuditDeps &
  Needs<'people'> & {
    /** Entra object ids, lower case, from the settings: always admins, and never removable in chat. */
    firstAdmins: readonly string[];
  };

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns the Entra object id as we keep it. Throws invalidInput. */
function parseObjectId(text: string): string {
  const id = text.trim().toLowerCase();
  if (OBJECT_ID.test(id)) return id;
  throw invalidInput(
    'That is not an Entra object id (it looks like 8c1f0a52-…). Mention the person with @, or paste the id from Entra.',
  );
}

/** Returns who is acting, with what they may do now; undefined for a person without any role. */
export async function actorOf(
  deps: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people', 'clock'>,
  who: { id: string; name: string; conversationId: string },
): Promise<Actor | undefined> {
  const known = await deps.stores.people.get(who.id);
  const named = who.name !== UNNAMED;
  if (known?.value.name === who.id && named) await takeName(deps, known, who.name);
  const roles = new Set<Role>(known?.value.roles);
  if (deps.firstAdmins.includes(who.id)) {
    roles.add('admin');
    if (!known && named) await noteFirstAdmin(deps, who);
  }
  return roles.size > 0 ? { ...who, permissions: permissionsOf([...roles]) } : undefined;
}

/**
 * Keeps a first admin's name, so that others know whom to ask. Gives no role: a first admin's role comes only
 * from the settings.
 */
async function noteFirstAdmin(
  deps: Needs<'people', 'clock'>,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const addedBy = { id: 'settings', name: 'FIRST_ADMINS' };
  const admin = { objectId: id, name, roles: [], addedBy, addedAt: deps.clock.now() };
  await insertOnce(deps.stores.people, id, admin);
}

/** A person who was added by id alone gets their name when they first speak. */
async function takeName(deps: Needs<'people'>, known: Stored<Person>, name: string): Promise<void> {
  await unlessChanged(deps.stores.people.replace(known, { ...known.value, name }));
}

export interface ListedPerson {
  id: string;
  name: string;
  roles: Role[];
  /** The settings make this person an admin: not removable in chat. */
  fromSettings: boolean;
}

/** All people with a role; a first admin whose name is unknown appears by id. */
export async function listPeople(deps: PeopleDeps, actor: Actor): Promise<ListedPerson[]> {
  permit(actor, 'people.manage');
  const { items } = await deps.stores.people.list({ sort: { key: 'name' }, limit: 200 });
  const known = new Set(items.map((person) => person.id));
  const admins = deps.firstAdmins.filter((id) => !known.has(id));
  return [
    ...admins.map((id) => ({
      id,
      name: id === actor.id ? actor.name : id,
      roles: ['admin' as const],
      fromSettings: true,
    })),
    ...items.flatMap(({ id, value }) => {
      const fromSettings = deps.firstAdmins.includes(id);
      const roles: Role[] =
        fromSettings && !value.roles.includes('admin') ? ['admin', ...value.roles] : value.roles;
      return roles.length > 0 ? [{ id, name: value.name, roles, fromSettings }] : [];
    }),
  ];
}

/** The names of admins, for a person who has to ask one; only for members of the MSP. */
export async function adminNames(deps: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people'>): Promise<string[]> {
  const { items } = await deps.stores.people.list({ sort: { key: 'name' }, limit: 200 });
  return items
    .filter(({ id, value }) => value.roles.includes('admin') || deps.firstAdmins.includes(id))
    .map(({ value }) => value.name);
}

/**
 * Gives a person a role; giving it twice changes nothing. The caller has checked that they are a member
 * of the MSP.
 */
export async function addPerson(
  deps: PeopleDeps,
  actor: Actor,
  request: { objectId: string; name: string; role: Role; requestId: string },
): Promise<Stored<Person>> {
  permit(actor, 'people.manage');
  const id = parseObjectId(request.objectId);
  const entry = { action: 'person.add', target: request.name, after: request.role } as const;
  return audited(deps, actor, request.requestId, entry, () =>
    withRole(deps, actor, { ...request, objectId: id }),
  );
}

function withRole(
  deps: PeopleDeps,
  actor: Actor,
  { objectId, name, role }: { objectId: string; name: string; role: Role },
): Promise<Stored<Person>> {
  const added = (known: Person | undefined): Person => {
    if (known?.roles.includes(role)) return known;
    if (known) return { ...known, roles: [...known.roles, role] };
    const addedBy = { id: actor.id, name: actor.name };
    return { objectId, name, roles: [role], addedBy, addedAt: deps.clock.now() };
  };
  return put(deps.stores.people, objectId, added, {
    busy: 'Somebody else is changing this person right now. Look at the list again.',
  });
}

/**
 * Takes every role from a person, at once, and forgets the person; a repeat finds the work of the first
 * request. Throws for an admin of the settings and for a person who is not in the list.
 */
export async function removePerson(
  deps: PeopleDeps & Parameters<typeof forgetPerson>[0],
  actor: Actor,
  request: { objectId: string; requestId: string },
): Promise<{ name: string }> {
  permit(actor, 'people.manage');
  if (deps.firstAdmins.includes(request.objectId))
    throw invalidInput('This admin is named in the settings (FIRST_ADMINS) and can only be removed there.');
  const known = await deps.stores.people.get(request.objectId);
  const name = known?.value.name ?? (await removedBy(deps, request.requestId));
  if (name === undefined) throw notFound('That person no longer has a role. Nothing was changed.');
  const before = known && { before: known.value.roles.join(', ') };
  const entry = { action: 'person.remove', target: name, ...before } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    if (known) await deps.stores.people.remove(known.id);
    await forgetPerson(deps, request.objectId);
    return { name };
  });
}

/** The person whom this request has removed, even if it could not say so any more. */
async function removedBy(deps: PeopleDeps, requestId: string): Promise<string | undefined> {
  const earlier = await deps.stores.audit.get(`${requestId}:person.remove`);
  return earlier && earlier.value.outcome !== 'failed' ? earlier.value.target : undefined;
}
