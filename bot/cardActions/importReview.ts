import { z } from 'zod';
import { KeyturnError } from '../../domain/errors';
import { chooseAll } from '../../domain/imports/choose';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';
import { keepChoices, reviewData, standing } from './importChoices';

const schema = reviewData.extend({
  do: z.enum(['show', 'all']).catch('show'),
  choice: z.enum(['create', 'link', 'skip']).optional().catch(undefined),
});

/** Groups, search, paging and choosing on the review card, in its place; what was chosen on the page is kept first. */
export const importReview = cardAction({
  verb: 'importReview',
  permission: 'organizations.import',
  schema,
  async handle(turn, data, deps) {
    const problem = await chosen(deps, turn, data);
    const query = { ...standing(data), ...(problem && { problem }) };
    turn.replace(await showImport(deps, turn.actor, data.runId, query));
  },
});

async function chosen(deps: AppDeps, turn: Turn, data: z.infer<typeof schema>): Promise<string | undefined> {
  try {
    await keepChoices(deps, turn, data);
    const { group, search, statusName, typeName, runId, choice } = data;
    if (data.do === 'all' && choice && group)
      await chooseAll(deps, turn.actor, runId, { filter: { group, search, statusName, typeName }, choice });
    return undefined;
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'conflict') return error.sentence;
    throw error;
  }
}
