import type { TurnContext } from 'botbuilder';
import type { PlaceMembers } from '../../domain/conversations/placeMembers';
import { VersionConflict } from '../../domain/errors';
import type { AppDeps } from '../appDeps';

type Deps = Pick<AppDeps, 'stores' | 'clock' | 'log' | 'members'>;

/**
 * Everybody in a shared place: as it was told within `withinMs`, else asked of Teams and written down.
 * Undefined when Teams does not answer that: nobody knows then who hears.
 */
export async function membersOf(
  deps: Deps,
  placeId: string,
  withinMs: number,
  inPlace: <T>(work: (context: TurnContext) => Promise<T>) => Promise<T>,
): Promise<PlaceMembers | undefined> {
  const known = await deps.stores.references.get(placeId);
  const members = known?.value.members;
  if (members && members.lookedAt + withinMs > deps.clock.now()) return members;
  try {
    const fresh = await inPlace((context) => deps.members.everybodyIn(context));
    if (known) await deps.stores.references.replace(known, { ...known.value, members: fresh });
    return fresh;
  } catch (error) {
    // Changed meanwhile, such as by somebody who came in: the next look asks again.
    if (error instanceof VersionConflict) return undefined;
    deps.log.warn({ err: error, conversationId: placeId }, 'who is in a shared place could not be looked up');
    return undefined;
  }
}

/** Somebody came into this place: who is there is to be asked again before anything is said. */
export async function forgetMembers({ stores }: Pick<AppDeps, 'stores'>, placeId: string): Promise<void> {
  for (;;) {
    const known = await stores.references.get(placeId);
    if (!known?.value.members) return;
    const { members: _members, ...rest } = known.value;
    try {
      await stores.references.replace(known, rest);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
