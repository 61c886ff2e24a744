import { finishedCard } from '../../cards/finished';
import type { Card } from '../../cards/shared/card';
import { KeyturnError } from '../../domain/errors';
import { type SetUpDeps, type SetUpPlace, type ShownSetUp, showSetUp } from '../views/showSetUp';

/** The card; or that the customer was removed, so that no card stays with its old buttons. */
export async function setUpOrGone(deps: SetUpDeps, place: SetUpPlace, shown: ShownSetUp = {}): Promise<Card> {
  try {
    return await showSetUp(deps, place, shown);
  } catch (error) {
    if (!(error instanceof KeyturnError) || error.code !== 'notFound') throw error;
    return finishedCard({ title: 'Set up', lines: [error.sentence], tone: 'neutral' });
  }
}
