import { z } from 'zod';
import { conflict } from '../../domain/errors';
import { startApply } from '../../domain/imports/applyImport';
import { enqueueApplying } from '../jobs/importJob';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';
import { keepChoices, refusedOnReview, reviewData } from './importChoices';

const schema = reviewData.extend({
  create: z.coerce.number().int().min(0),
  link: z.coerce.number().int().min(0),
});
const SAVED = 'Your choices on this page are saved. Look at what Apply will do now, then choose it again.';

/** Applies what the card announced. If the choices have changed since then, it says so and does nothing. */
export const importApply = cardAction({
  verb: 'importApply',
  permission: 'organizations.import',
  schema,
  async handle(turn, data, deps) {
    if ((await keepChoices(deps, turn, data)) > 0) throw conflict(SAVED);
    const { runId, create, link } = data;
    const request = { runId, seen: { create, link }, requestId: turn.requestId };
    const run = await startApply(deps, turn.actor, request);
    if (run.value.state === 'applying') await enqueueApplying(deps, turn, run);
    turn.replace(await showImport(deps, turn.actor, runId));
  },
  refused: refusedOnReview,
});
