import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import { DuplicateKey, VersionConflict } from '../../domain/errors';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/**
 * Keeps where this conversation can be reached, with the serviceUrl of its latest activity. `greet` is true for one
 * caller only, however often and however many at once the installation is reported.
 */
export async function keepReference(
  turn: Turn,
  deps: AppDeps,
  change: { installed: boolean },
): Promise<{ greet: boolean }> {
  const id = turn.sender.conversationId;
  const references = deps.stores.references;
  const known = await references.get(id);
  const greet = change.installed && known?.value.greetedAt === undefined;
  const next = record(turn, deps, change.installed, greet ? deps.clock.now() : known?.value.greetedAt);
  try {
    if (known) await references.replace(known, next);
    else await references.insert(id, next);
    return { greet };
  } catch (error) {
    if (error instanceof DuplicateKey || error instanceof VersionConflict) return { greet: false };
    throw error;
  }
}

function record(
  turn: Turn,
  deps: AppDeps,
  installed: boolean,
  greetedAt: number | undefined,
): ConversationReferenceRecord {
  const { kind, personId } = turn.sender;
  return {
    reference: turn.reference,
    kind,
    ...(kind === 'personal' && personId && { personId }),
    installed,
    ...(installed && greetedAt !== undefined && { greetedAt }),
    changedAt: deps.clock.now(),
  };
}
