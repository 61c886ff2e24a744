import { z } from 'zod';
import { KeyturnError } from '../../domain/errors';
import { startApply } from '../../domain/imports/applyImport';
import type { ImportRun } from '../../domain/imports/importRun';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import { enqueueApplying } from '../jobs/importJob';
import type { Turn } from '../turns/turn';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';
import { keepChoices, reviewData, standing } from './importChoices';

const schema = reviewData.extend({
  create: z.coerce.number().int().min(0),
  link: z.coerce.number().int().min(0),
});
const SAVED = 'Your choices on this page are saved. Look at what Apply will do now, then choose it again.';

/** Applies what the card said it would do; with other choices by now it says so and does nothing. */
export const importApply = cardAction({
  verb: 'importApply',
  permission: 'organizations.import',
  schema,
  async handle(turn, data, deps) {
    const done = await begun(deps, turn, data);
    if (typeof done !== 'string' && done.value.state === 'applying') await enqueueApplying(deps, turn, done);
    const problem = typeof done === 'string' ? { ...standing(data), problem: done } : {};
    turn.replace(await showImport(deps, turn.actor, data.runId, problem));
  },
});

/** The run, or why it was not begun. */
async function begun(
  deps: AppDeps,
  turn: Turn,
  data: z.infer<typeof schema>,
): Promise<Stored<ImportRun> | string> {
  try {
    if ((await keepChoices(deps, turn, data)) > 0) return SAVED;
    const { runId, create, link } = data;
    return await startApply(deps, turn.actor, { runId, seen: { create, link }, requestId: turn.requestId });
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'conflict') return error.sentence;
    throw error;
  }
}
