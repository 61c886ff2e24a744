import { z } from 'zod';
import { chooseAll, choosePage } from '../../domain/imports/choose';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';
import { keepChoices, refusedOnReview, reviewData, standing } from './importChoices';

const schema = reviewData.extend({
  do: z.enum(['show', 'all', 'page']).catch('show'),
  choice: z.enum(['create', 'link', 'skip']).optional().catch(undefined),
});

/** Groups, search, paging and choosing, on the review card itself; saves the choices on the page first. */
export const importReview = cardAction({
  verb: 'importReview',
  permission: 'organizations.import',
  schema,
  async handle(turn, data, deps) {
    await keepChoices(deps, turn, data);
    await chooseMany(deps, turn, data);
    turn.replace(await showImport(deps, turn.actor, data.runId, standing(data)));
  },
  refused: refusedOnReview,
});

/** One choice for all rows that match, or for those of the page. */
async function chooseMany(deps: AppDeps, { actor }: Turn, data: z.infer<typeof schema>): Promise<void> {
  const { group, search, statusName, typeName, page, runId, choice } = data;
  if (!choice || !group) return;
  const filter = { group, search, statusName, typeName };
  if (data.do === 'all') await chooseAll(deps, actor, runId, { filter, choice });
  if (data.do === 'page') await choosePage(deps, actor, runId, { filter, page, choice });
}
