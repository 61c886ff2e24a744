import { isPersonal, rootConversationId } from '../../domain/conversations/conversationKind';
import { invalidInput } from '../../domain/errors';
import { strangersIn } from '../../domain/notifications/mayBeTold';
import { commonPermissions } from '../../domain/people/commonPermissions';
import type { Permission } from '../../domain/people/person';
import { roleHolders } from '../../domain/people/roleHolders';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import type { Audience } from './audience';
import { membersOf } from './conversationMembers';

/** So long the bot trusts a list of members, unless somebody joins. */
const LOOKED_MS = 60 * 60_000;
const UNKNOWN = 'Teams did not say who is in this conversation.';

/**
 * Throws invalidInput, with a sentence that leads to the personal chat, unless everybody who reads along may
 * hear it.
 */
export async function heardByAll(
  turn: Turn,
  deps: AppDeps,
  audience: Audience | undefined,
  command?: string,
): Promise<void> {
  if (audience === 'anywhere' || isPersonal(turn.sender)) return;
  const instead = command
    ? `Open our personal chat and type “${command}”.`
    : 'Please ask me in our personal chat.';
  if (audience === 'personal')
    throw invalidInput(`That is for you alone, and others can read this conversation. ${instead}`);
  const why = await whoMayNot(turn, deps);
  if (why) throw invalidInput(`${why} I show no customers here. ${instead}`);
}

/** Why the bot shows no customers in this conversation, as a sentence; empty where it shows them. */
export const whoMayNot = async (turn: Turn, deps: AppDeps): Promise<string> =>
  isPersonal(turn.sender) ? '' : whoMayNotIn(deps, turn.sender.conversationId, (work) => work(turn.context));

/** The same for any shared conversation; `inConversation` speaks with Teams as if from there. */
export async function whoMayNotIn(
  deps: AppDeps,
  conversationId: string,
  inConversation: Parameters<typeof membersOf>[3],
): Promise<string> {
  const members = await membersOf(deps, rootConversationId(conversationId), LOOKED_MS, inConversation);
  return members ? strangersIn(members, await roleHolders(deps, 'customers.read')) : UNKNOWN;
}

/**
 * What everybody who reads along here may do: in a personal chat, what the person may do who speaks. Nothing
 * in a shared conversation with guests, or whose members nobody knows.
 */
export async function permittedHere(turn: Turn, deps: AppDeps): Promise<ReadonlySet<Permission>> {
  const { actor, sender, context } = turn;
  if (isPersonal(sender)) return actor.permissions;
  const id = rootConversationId(sender.conversationId);
  const members = await membersOf(deps, id, LOOKED_MS, (work) => work(context));
  if (!members || members.tooMany || members.guests.length > 0) return new Set();
  return commonPermissions(deps, [actor.id, ...members.people.map((person) => person.id)]);
}

/**
 * What stays when somebody leaves a dialog, in its own words where everybody may see customers: these words
 * can name one.
 */
export const whatStays = async (turn: Turn, deps: AppDeps, { kept }: { kept: string }): Promise<string> =>
  (await whoMayNot(turn, deps)) ? 'What was saved before stays as it is.' : kept;
