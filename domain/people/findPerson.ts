import { refusedLately } from '../audit/refusals';
import { invalidInput, KeyturnError, tryLater } from '../errors';
import type { Needs } from '../stores/core';
import { permit } from './permit';
import type { Actor } from './person';
import type { Sought, StaffDirectory, StaffMember } from './staffDirectory';

type Deps = { staff: StaffDirectory } & Needs<'audit' | 'people', 'clock'>;

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ADDRESS = /^[^\s@'"<>()]{1,64}@[a-z0-9.-]{3,120}$/;

/**
 * What a typed or chosen value stands for; undefined for a value that is neither an address nor an object
 * id.
 */
export function soughtIn(text: string): Sought | undefined {
  const value = text.trim().toLowerCase();
  if (OBJECT_ID.test(value)) return { objectId: value };
  return ADDRESS.test(value) ? { address: value } : undefined;
}

/**
 * Looks up the person whom somebody chose or typed: a member of the MSP's own tenant, with the name there.
 * Where Keyturn may not read that directory, a person counts whom Teams has vouched for: one who wrote to
 * Keyturn. Throws invalidInput with what to do, and tryLater when Microsoft does not answer.
 */
export async function findPerson(
  deps: Deps,
  actor: Actor,
  text: string,
): Promise<{ objectId: string; name: string }> {
  permit(actor, 'people.manage');
  const sought = soughtIn(text);
  if (!sought) throw invalidInput(NEITHER);
  const found = await inDirectory(deps, sought);
  if (found === 'closed') return vouchedFor(deps, sought);
  if (!found) throw invalidInput('Nobody in your organization has this address or object ID.');
  if (found.guest) throw invalidInput(GUEST);
  if (found.blocked) throw invalidInput(`The account of ${found.name} is blocked from signing in.`);
  return { objectId: found.objectId, name: found.name };
}

async function inDirectory({ staff }: Deps, sought: Sought): Promise<StaffMember | 'closed' | undefined> {
  try {
    return await staff.find(sought);
  } catch (error) {
    if (error instanceof KeyturnError) throw error;
    throw tryLater('I could not look this person up at Microsoft. Please try again in a minute.', error);
  }
}

/** Teams has named a known person whom the bot has heard; of others it has named those who wrote lately. */
async function vouchedFor(deps: Deps, sought: Sought): Promise<{ objectId: string; name: string }> {
  if (!('objectId' in sought)) throw invalidInput(CLOSED);
  const { objectId } = sought;
  const known = (await deps.stores.people.get(objectId))?.value.name;
  if (known !== undefined && known !== objectId) return { objectId, name: known };
  const asked = await refusedLately(deps, objectId, 'no role');
  if (!asked) throw invalidInput(CLOSED);
  return { objectId, name: asked.actor.name };
}

const NEITHER =
  'Choose a person, or type an address such as megan@example.com or an Entra object ID (36 characters).';
export const GUEST = 'A guest or somebody from another organization cannot have a role.';
const CLOSED =
  'I may not read your organization’s directory, so I cannot check who this is. Ask the person to write “hi” to me, then choose them again. Or mention them in a team or group chat where I am: “people add @Megan technician”.';
