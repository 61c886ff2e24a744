import { z } from 'zod';
import { ALL, rowOfInput } from '../../cards/importReview';
import { chooseRows, type RowChoice } from '../../domain/imports/choose';
import { type Choice, VIEWS } from '../../domain/imports/importRun';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showImport } from '../views/showImport';
import type { CardAction } from './cardAction';

const text = z.string().max(300).catch('').default('');
const name = text.transform((value) => (value === ALL ? '' : value));

/** What every button of the review card sends: its view, its inputs, and a choice for each row shown. */
export const reviewData = z
  .object({
    runId: z.string().max(100),
    group: z.enum(VIEWS).optional().catch(undefined),
    page: z.coerce.number().int().min(0).max(1_000_000).catch(0),
    search: text,
    statusName: name,
    typeName: name,
  })
  .passthrough();

type ReviewData = z.infer<typeof reviewData>;
const choiceSchema = z.enum(['create', 'link', 'skip']);
/** Far more than one card holds. */
const MOST_ROWS = 20;

/** A choice that this person changed on the card, and the one that the card showed. */
type Changed = RowChoice & { shown: string };

/** Saves what this person changed on the card, and nothing else of it. Resolves to what was changed. */
export async function keepChoices(deps: AppDeps, turn: Turn, data: ReviewData): Promise<Changed[]> {
  const changed = Object.entries(data).flatMap(([input, value]): Changed[] => {
    const row = rowOfInput(input);
    const choice = choiceSchema.safeParse(value);
    if (!row || !choice.success || choice.data === row.shown) return [];
    return [{ ...row, choice: choice.data }];
  });
  const few = changed.slice(0, MOST_ROWS);
  if (few.length > 0) await chooseRows(deps, turn.actor, data.runId, few);
  return few;
}

/** How many more rows are created and linked with these changes. */
export const moreOf = (changed: readonly Changed[]) => ({
  create: difference(changed, 'create'),
  link: difference(changed, 'link'),
});

const difference = (changed: readonly Changed[], deed: Choice): number =>
  changed.filter(({ choice }) => choice === deed).length -
  changed.filter(({ shown }) => shown === deed).length;

/** The view of the card, to show the same rows again. */
export const standing = ({ group, page, search, statusName, typeName }: ReviewData) => ({
  ...(group && { group }),
  page,
  search,
  statusName,
  typeName,
});

/** Somebody was faster: the review shows it, on the same rows. */
export const refusedOnReview: CardAction<ReviewData>['refused'] = {
  code: 'conflict',
  card: ({ actor }, data, deps, problem) =>
    showImport(deps, actor, data.runId, { ...standing(data), problem }),
};
