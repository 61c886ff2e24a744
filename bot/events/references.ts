import type { ConversationReference } from 'botbuilder';
import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import { DuplicateKey, VersionConflict } from '../../domain/errors';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/**
 * Keeps where this conversation can be reached, with the serviceUrl of its latest activity. `greet` is true for one
 * request only, however often and however many at once the installation is reported.
 */
export async function keepReference(
  turn: Turn,
  deps: AppDeps,
  change: { installed: boolean },
): Promise<{ greet: boolean }> {
  const known = await deps.stores.references.get(idOf(turn));
  const { greetedAt = deps.clock.now(), greetedBy = turn.requestId } = known?.value ?? {};
  const kept = await keep(turn, deps, { installed: change.installed, ...(change.installed && { greetedAt, greetedBy }) });
  return { greet: kept && change.installed && greetedBy === turn.requestId };
}

/** Somebody spoke here: written down only when it can be reached in another way than was known. */
export async function refreshReference(turn: Turn, deps: AppDeps): Promise<void> {
  const known = (await deps.stores.references.get(idOf(turn)))?.value;
  if (known?.installed && wayTo(known.reference) === wayTo(turn.reference)) return;
  const { greetedAt, greetedBy } = known ?? {};
  await keep(turn, deps, { installed: true, ...(greetedAt !== undefined && { greetedAt, ...(greetedBy && { greetedBy }) }) });
}

async function keep(
  turn: Turn,
  deps: AppDeps,
  about: Pick<ConversationReferenceRecord, 'installed' | 'greetedAt' | 'greetedBy'>,
): Promise<boolean> {
