import type { TurnContext } from 'botbuilder';
import { type ConversationKind, rootConversationId } from '../../domain/conversations/conversationKind';
import type { ConversationMembers } from '../../domain/conversations/conversationMembers';
import { change } from '../../domain/stores/change';
import { pages } from '../../domain/stores/pages';
import { unlessChanged } from '../../domain/stores/retried';
import type { AppDeps } from '../appDeps';

type Deps = Pick<AppDeps, 'stores' | 'clock' | 'log' | 'members'>;

/**
 * Everybody in a shared conversation: as Teams said within `withinMs`; otherwise asks Teams and stores the
 * answer. Undefined when Teams does not answer: then nobody knows who reads along.
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
    // Something changed meanwhile, for example somebody joined: the next call asks again.
    return (await unlessChanged(noted)) && fresh;
  } catch (error) {
    deps.log.warn({ err: error, conversationId }, 'who is in a shared conversation could not be looked up');
    return undefined;
  }
}

/**
 * Somebody joined: before the bot says more, it asks again who is there. A person who joins a team is in all
 * of its channels.
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
 * Before the bot says more here, it asks again who is there. Writes even when no members are stored, so that
 * a request under way does not count.
 */
export async function forgetMembers(
  { stores }: Pick<AppDeps, 'stores'>,
  conversationId: string,
): Promise<void> {
  await change(stores.references, conversationId, ({ members: _members, ...rest }) => rest);
}
