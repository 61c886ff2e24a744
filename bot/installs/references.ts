import type { ConversationReference } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import { isPersonal, rootConversationId } from '../../domain/conversations/conversationKind';
import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import { releaseHeld } from '../../domain/notifications/held';
import { put } from '../../domain/stores/change';
import { unlessChanged } from '../../domain/stores/retried';
import type { AppDeps } from '../appDeps';
import type { Sender } from '../channel/envelope';
import { keptFor } from '../keptFor';
import type { Turn } from '../turns/turn';

type Installation = Pick<ConversationReferenceRecord, 'installed' | 'greetedAt' | 'greetedBy'>;
type Known = ConversationReferenceRecord | undefined;

/**
 * Stores how to reach this conversation, with the serviceUrl of its latest activity. `greet` is true for one
 * request only, however often and at the same time Teams reports the installation.
 */
export async function keepReference(turn: Turn, deps: AppDeps): Promise<{ greet: boolean }> {
  const kept = await keep(turn, deps, (known) => ({
    installed: true,
    greetedAt: known?.greetedAt ?? deps.clock.now(),
    greetedBy: known?.greetedBy ?? turn.requestId,
  }));
  return { greet: kept.greetedBy === turn.requestId };
}

/** Somebody spoke here: writes only when the way to reach the conversation has changed. */
export async function refreshReference(turn: Turn, deps: AppDeps): Promise<void> {
  const way = wayTo(turn.reference);
  const seen = seenIn(deps);
  if (seen.get(idOf(turn)) === way) return;
  const { value } = (await deps.stores.references.get(idOf(turn))) ?? {};
  if (value?.installed && wayTo(value.reference) === way) {
    seen.set(idOf(turn), way);
    return;
  }
  await keep(turn, deps, (known) => ({
    installed: true,
    ...(known?.greetedAt !== undefined && { greetedAt: known.greetedAt }),
    ...(known?.greetedBy && { greetedBy: known.greetedBy }),
  }));
}

/** The conversation is unreachable until somebody speaks there or installs Keyturn again. */
export const dropReference = (deps: DropDeps, conversationId: string): Promise<void> =>
  drop(deps, conversationId, (known) => known);

/**
 * Somebody removed Keyturn here: Teams says so, and nobody checks who it was. After a new installation it
 * greets again. A report about another tenant's conversation concerns none of ours.
 */
export async function noteRemoval(
  deps: DropDeps & Pick<AppDeps, 'tenantId'>,
  { conversationId, tenantIds }: Sender,
): Promise<void> {
  if (tenantIds.some((id) => id !== deps.tenantId)) return;
  await drop(deps, rootConversationId(conversationId), ({ greetedAt: _at, greetedBy: _by, ...rest }) => rest);
}

type DropDeps = Pick<AppDeps, 'stores' | 'clock' | 'log'>;

async function drop(
  deps: DropDeps,
  conversationId: string,
  left: (known: ConversationReferenceRecord) => ConversationReferenceRecord,
): Promise<void> {
  const { references } = deps.stores;
  const known = await references.get(conversationId);
  if (!known?.value.installed) return;
  const gone = { ...left(known.value), installed: false, changedAt: deps.clock.now() };
  // Does nothing when somebody speaks there at this moment.
  if (await unlessChanged(references.replace(known, gone)))
    deps.log.info({ conversationId }, 'a conversation cannot be reached any more');
  seenIn(deps).delete(conversationId);
}

const MINUTE = 60_000;
const REMEMBERED = 5000;
type Seen = LRUCache<string, string>;
const seenByStore = new WeakMap<object, Seen>();

/**
 * A cache of conversations that the store recently had as installed, and how to reach them. It spares a read
 * in every turn; the store has the truth.
 */
function seenIn({ stores, clock }: Pick<AppDeps, 'stores' | 'clock'>): Seen {
  const seen =
    seenByStore.get(stores.references) ?? new LRUCache<string, string>(keptFor(clock, REMEMBERED, MINUTE));
  seenByStore.set(stores.references, seen);
  return seen;
}

/** Writes over the known record. Throws conflict. */
async function keep(
  turn: Turn,
  deps: AppDeps,
  installation: (known: Known) => Installation,
): Promise<Installation> {
  seenIn(deps).delete(idOf(turn));
  let wasInstalled = false;
  const { value } = await put(deps.stores.references, idOf(turn), (known) => {
    wasInstalled = known?.installed ?? false;
    const members = known?.members && { members: known.members };
    return { ...recordOf(turn, deps, installation(known)), ...members };
  });
  if (!wasInstalled) await releaseHeld(deps, idOf(turn));
  return value;
}

function recordOf(turn: Turn, deps: AppDeps, installation: Installation): ConversationReferenceRecord {
  const { kind, personId } = turn.sender;
  const reference = turn.reference as Partial<ConversationReference>;
  return {
    reference: { ...reference, conversation: { ...reference.conversation, id: idOf(turn) } },
    kind,
    ...(isPersonal({ kind }) && personId && { personId }),
    ...installation,
    changedAt: deps.clock.now(),
  };
}

/** A channel is one conversation, whatever thread somebody speaks in. */
const idOf = ({ sender }: Turn): string => rootConversationId(sender.conversationId);

/** What the bot needs to speak here; the last speaker does not matter. */
const wayTo = (reference: unknown): string => {
  const { serviceUrl, channelId, bot } = reference as Partial<ConversationReference>;
  return [serviceUrl, channelId, bot?.id].join(' ');
};
