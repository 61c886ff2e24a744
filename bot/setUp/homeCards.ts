import type { Card } from '../../cards/shared/card';
import type { HomeCards } from '../../dialogs/runner/homeCards';
import { followSetUp, leaveSetUp } from '../../domain/customers/setUpCards';
import type { Needs } from '../../domain/stores/core';
import type { SetUpDeps, SetUpPlace, ShownSetUp } from '../views/showSetUp';
import { setUpOrGone } from './setUpOrGone';

/** Whose turn it is, where, and on which card. */
interface Asker {
  actor: { id: string };
  conversationId: string;
  personal: boolean;
}

export type LiveDeps = SetUpDeps & Needs<'deliveries'>;

export const placeOf = (customerId: string, { conversationId, personal, actor }: Asker): SetUpPlace => ({
  customerId,
  conversationId,
  ...(personal && { personId: actor.id }),
});

/**
 * The card of a set-up, which changes from now on when somebody else or an agent does a step. Without the
 * id of its message, and where others read along, it changes with the next click on it.
 */
export async function liveSetUp(
  deps: LiveDeps,
  place: SetUpPlace,
  cardId: string | undefined,
  shown: ShownSetUp = {},
): Promise<Card> {
  if (cardId && place.personId) await followSetUp(deps, { ...place, cardId });
  return setUpOrGone(deps, place, shown);
}

/** The card while a dialog or a test of the connection changes it: nobody else does. */
export async function heldSetUp(deps: LiveDeps, place: SetUpPlace, shown: ShownSetUp): Promise<Card> {
  await leaveSetUp(deps, place);
  return setUpOrGone(deps, place, shown);
}

/** The card of a set-up in the turns of the dialogs that run on it. */
export const createHomeCards = (deps: LiveDeps): HomeCards => ({
  asking: ({ customerId }, io, step, card) =>
    heldSetUp(deps, placeOf(customerId, io), { inside: { step, card } }),
  resting: ({ customerId, cardId }, io, note) =>
    liveSetUp(deps, placeOf(customerId, io), cardId, { ...(note && { note }) }),
});
