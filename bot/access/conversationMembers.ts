import type { TurnContext } from 'botbuilder';
import { type ConversationKind, rootConversationId } from '../../domain/conversations/conversationKind';
import type { ConversationMembers } from '../../domain/conversations/conversationMembers';
import { change } from '../../domain/stores/change';
import { pages } from '../../domain/stores/pages';
import { unlessChanged } from '../../domain/stores/retried';
import type { AppDeps } from '../appDeps';

type Deps = Pick<AppDeps, 'stores' | 'clock' | 'log' | 'members'>;

/**
 * Everybody in a shared place: as it was told within `withinMs`, else asked of Teams and written down.
 * Undefined when Teams does not answer that: nobody knows then who hears.
 */
export async function membersOf(
  deps: Deps,
  conversationId: string,
  withinMs: number,
  inConversation: <T>(work: (context: TurnContext) => Promise<T>) => Promise<T>,
): Promise<ConversationMembers | undefined> {
  const known = await deps.stores.references.get(conversationId);
  const members = known?.value.members;
  if (members && members.lookedAt + withinMs > deps.clock.now()) return members;
  try {
    const fresh = await inConversation((context) => deps.members.everybodyIn(context));
    if (!known) return fresh;
    const noted = deps.stores.references.replace(known, { ...known.value, members: fresh });
    // Changed meanwhile, such as by somebody who came in: the next look asks again.
    return (await unlessChanged(noted)) && fresh;
  } catch (error) {
    deps.log.warn({ err: error, conversationId }, 'who is in a shared place could not be looked up');
    return undefined;
  }
}

/**
 * Somebody came in here: who is there is asked again before anything is said. Who comes into a team is in all of
 * its channels.
 */
export async function forgetMembersOf(
  deps: Pick<AppDeps, 'stores'>,
  { conversationId, kind }: { conversationId: string; kind: ConversationKind },
): Promise<void> {
  await forgetMembers(deps, rootConversationId(conversationId));
  if (kind !== 'channel') return;
  for await (const page of pages(deps.stores.references, { where: { kind }, limit: 200 }))
    for (const { id, value } of page) if (value.members) await forgetMembers(deps, id);
}

/**
 * Who is in this place is asked again before anything is said. Written down also where nobody is known: a look
 * that is under way is not believed then.
 */
export async function forgetMembers(
  { stores }: Pick<AppDeps, 'stores'>,
  conversationId: string,
): Promise<void> {
  await change(stores.references, conversationId, ({ members: _members, ...rest }) => rest);
}
