import type { TurnContext } from 'botbuilder';
import { invalidInput } from '../../domain/errors';
import { findPerson, GUEST, soughtIn } from '../../domain/people/findPerson';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import type { Members } from './members';

/**
 * The one person whom a message mentions, identified by Teams and not by the text; undefined when it
 * mentions nobody. Refuses guests.
 */
export async function mentionedPerson(
  { context, envelope }: { context: TurnContext } & Pick<Turn, 'envelope'>,
  members: Members,
): Promise<{ objectId: string; name: string } | undefined> {
  const [id, ...others] = envelope.mentioned;
  if (others.length > 0) throw invalidInput('Please name one person at a time. Nothing was changed.');
  if (!id) return undefined;
  const { guest, personId, name } = await members.lookup(context, id);
  if (guest || !personId) throw invalidInput(`${GUEST} Nothing was changed.`);
  return { objectId: personId, name };
}

/**
 * Whom a typed or clicked value means: the mentioned person, a member of this conversation, or somebody of
 * the MSP's own directory. Always looked up, because a card may be made up. Throws as `findPerson`.
 */
export async function personMeant(
  turn: Turn,
  who: string,
  deps: AppDeps,
): Promise<{ objectId: string; name: string }> {
  const mentioned = await mentionedPerson(turn, deps.members);
  if (mentioned?.objectId === who) return mentioned;
  const here = turn.personal ? undefined : await memberHere(turn, who, deps);
  return here ?? findPerson(deps, turn.actor, who);
}

async function memberHere({ context }: Turn, who: string, { members, log }: AppDeps) {
  const sought = soughtIn(who);
  if (!sought || !('objectId' in sought)) return undefined;
  try {
    const { guest, personId, name } = await members.lookup(context, sought.objectId);
    return !guest && personId === sought.objectId ? { objectId: personId, name } : undefined;
  } catch (error) {
    log.debug?.({ err: error }, 'the person is no member of this conversation');
    return undefined;
  }
}
