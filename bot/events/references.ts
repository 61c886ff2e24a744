import type { ConversationReference } from 'botbuilder';
import { isPersonal, placeIdOf } from '../../domain/conversations/conversationKind';
import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import { DuplicateKey, VersionConflict } from '../../domain/errors';
import { releaseHeld } from '../../domain/notifications/held';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import type { Sender } from '../channel/envelope';
import type { Turn } from '../turns/turn';

type Installation = Pick<ConversationReferenceRecord, 'installed' | 'greetedAt' | 'greetedBy'>;
type Known = ConversationReferenceRecord | undefined;

/**
 * Keeps where this conversation can be reached, with the serviceUrl of its latest activity. `greet` is true for one
 * request only, however often and however many at once the installation is reported.
 */
export async function keepReference(turn: Turn, deps: AppDeps): Promise<{ greet: boolean }> {
  const kept = await keep(turn, deps, (known) => ({
    installed: true,
    greetedAt: known?.greetedAt ?? deps.clock.now(),
    greetedBy: known?.greetedBy ?? turn.requestId,
  }));
  return { greet: kept?.greetedBy === turn.requestId };
}

/** Somebody spoke here: written down only when it is reached in another way than was known. */
export async function refreshReference(turn: Turn, deps: AppDeps): Promise<void> {
  const way = wayTo(turn.reference);
  const seen = seenIn(deps);
  const known = seen.get(idOf(turn));
  if (known?.way === way && known.until > deps.clock.now()) return;
  const { value } = (await deps.stores.references.get(idOf(turn))) ?? {};
  if (value?.installed && wayTo(value.reference) === way) {
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(idOf(turn), { way, until: deps.clock.now() + MINUTE });
    return;
  }
  await keep(turn, deps, (known) => ({
    installed: true,
    ...(known?.greetedAt !== undefined && { greetedAt: known.greetedAt }),
    ...(known?.greetedBy && { greetedBy: known.greetedBy }),
  }));
}

/** It cannot be reached any more, until it is spoken in or Keyturn is installed there again. */
export const dropReference = (deps: DropDeps, conversationId: string): Promise<void> =>
  drop(deps, conversationId, (known) => known);

/**
 * Keyturn was removed here, by anybody: Teams says so, and nobody is asked who they are. Installed again it
 * greets again. What is said of another tenant's conversation is of none of ours.
 */
export async function noteRemoval(
  deps: DropDeps & Pick<AppDeps, 'tenantId'>,
  { conversationId, tenantIds }: Sender,
): Promise<void> {
  if (tenantIds.some((id) => id !== deps.tenantId)) return;
  await drop(deps, placeIdOf(conversationId), ({ greetedAt: _at, greetedBy: _by, ...rest }) => rest);
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
  try {
    await references.replace(known, { ...left(known.value), installed: false, changedAt: deps.clock.now() });
    deps.log.info({ conversationId }, 'a conversation cannot be reached any more');
  } catch (error) {
    // Somebody spoke there in this moment.
    if (!(error instanceof VersionConflict)) throw error;
  }
  seenIn(deps).delete(conversationId);
}

const MINUTE = 60_000;
const REMEMBERED = 5000;
type Seen = Map<string, { way: string; until: number }>;
const seenByStore = new WeakMap<object, Seen>();

/** Which conversations were lately found to be stored as installed, and how they are reached. It spares reading them in every turn; the truth is in the store. */
function seenIn({ stores }: Pick<AppDeps, 'stores'>): Seen {
  const seen = seenByStore.get(stores.references) ?? new Map();
  seenByStore.set(stores.references, seen);
  return seen;
}

const TRIES = 3;

/** Writes over what is known now, again when another instance was faster; given up after some tries: the next turn comes. */
async function keep(
  turn: Turn,
  deps: AppDeps,
  change: (known: Known) => Installation,
): Promise<Installation | undefined> {
  const { references } = deps.stores;
  seenIn(deps).delete(idOf(turn));
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const known = await references.get(idOf(turn));
    const { members } = known?.value ?? {};
    const next = { ...recordOf(turn, deps, change(known?.value)), ...(members && { members }) };
    try {
      const { value } = await written(references, idOf(turn), known, next);
      if (!known?.value.installed) await releaseHeld({ ...deps.stores, clock: deps.clock }, idOf(turn));
      return value;
    } catch (error) {
      if (!(error instanceof DuplicateKey || error instanceof VersionConflict)) throw error;
    }
  }
  return undefined;
}

const written = (
  references: AppDeps['stores']['references'],
  id: string,
  known: Stored<ConversationReferenceRecord> | undefined,
  next: ConversationReferenceRecord,
) => (known ? references.replace(known, next) : references.insert(id, next));

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

/** A channel is one place: the thread that somebody spoke in is not part of it. */
const idOf = ({ sender }: Turn): string => placeIdOf(sender.conversationId);

/** What has to be known to speak here; who spoke last does not matter. */
const wayTo = (reference: unknown): string => {
  const { serviceUrl, channelId, bot } = reference as Partial<ConversationReference>;
  return [serviceUrl, channelId, bot?.id].join(' ');
};
