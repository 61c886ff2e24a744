import { finishedCard } from '../../cards/finished';
import type { Card } from '../../cards/shared/card';
import type { HomeCards } from '../../dialogs/runner/homeCards';
import { KeyturnError } from '../../domain/errors';
import { type SetUpDeps, type SetUpPlace, type ShownSetUp, showSetUp } from '../views/showSetUp';

/** Whose turn it is, and where. */
interface Asker {
  actor: { id: string };
  conversationId: string;
  personal: boolean;
}

export const placeOf = (customerId: string, { conversationId, personal, actor }: Asker): SetUpPlace => ({
  customerId,
  conversationId,
  ...(personal && { personId: actor.id }),
});

/** The card of a set-up in the turns of the dialogs that run on it. */
export const createHomeCards = (deps: SetUpDeps): HomeCards => ({
  asking: ({ customerId }, io, step, card) =>
    setUpOrGone(deps, placeOf(customerId, io), { inside: { step, card } }),
  resting: ({ customerId }, io, note) =>
    setUpOrGone(deps, placeOf(customerId, io), { ...(note && { note }) }),
});

/** The card; or that the customer was removed, so that no card stays with its old buttons. */
export async function setUpOrGone(deps: SetUpDeps, place: SetUpPlace, shown: ShownSetUp = {}): Promise<Card> {
  try {
    return await showSetUp(deps, place, shown);
  } catch (error) {
    if (!(error instanceof KeyturnError) || error.code !== 'notFound') throw error;
    return finishedCard({ title: 'Set up', lines: [error.sentence], tone: 'neutral' });
  }
}
