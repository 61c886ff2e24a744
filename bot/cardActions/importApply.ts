import { z } from 'zod';
import { startApply } from '../../domain/imports/applyImport';
import { enqueueApplying } from '../jobs/importJob';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';
import { keepChoices, moreOf, refusedOnReview, reviewData } from './importChoices';

const schema = reviewData.extend({
  create: z.coerce.number().int().min(0),
  link: z.coerce.number().int().min(0),
});

/**
 * Applies what the card announced, with what this person changed on it since. If somebody else changed the
 * choices, it says so and applies nothing.
 */
export const importApply = cardAction({
  verb: 'importApply',
  permission: 'organizations.import',
  schema,
  async handle(turn, data, deps) {
    const more = moreOf(await keepChoices(deps, turn, data));
    const { runId } = data;
    const seen = { create: data.create + more.create, link: data.link + more.link };
    const request = { runId, seen, requestId: turn.requestId };
    const run = await startApply(deps, turn.actor, request);
    if (run.value.state === 'applying') await enqueueApplying(deps, turn, run);
    turn.replace(await showImport(deps, turn.actor, runId));
  },
  refused: refusedOnReview,
});
