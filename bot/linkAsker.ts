import { notAllowed } from '../domain/errors';
import { actorOf, type PeopleDeps } from '../domain/people/people';
import type { Actor } from '../domain/people/person';
import type { Asker } from './turns/reply';

/** Who asked for a one-time link, with what they may do at the moment it is sent. Throws notAllowed for somebody without a role. */
export async function askerOf(
  deps: Pick<PeopleDeps, 'people' | 'firstAdmins' | 'clock'>,
  { conversationKey, personId, personName }: Asker,
): Promise<Actor> {
  const conversationId = conversationKey.slice(0, conversationKey.lastIndexOf('|'));
  const actor = await actorOf(deps, { id: personId, name: personName, conversationId });
  if (!actor) throw notAllowed('This person has no role any more.');
  return actor;
}
