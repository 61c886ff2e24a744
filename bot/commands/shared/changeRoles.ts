import { addPerson, removePerson } from '../../../domain/people/people';
import type { Role } from '../../../domain/people/person';
import type { AppDeps } from '../../appDeps';
import type { Turn } from '../../turns/turn';

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
  turn.say({ text: `${name} no longer has a role.` });
}
