import type { Choice, View } from '../domain/imports/importRun';

/** The list that the review shows. */
interface Shown {
  group: View;
  rows: readonly { choices: readonly Choice[] }[];
  total: number;
  perPage: number;
  search: string;
  statusName: string;
  typeName: string;
}

const WORDS: Record<Choice, string> = { create: 'Create', link: 'Link', skip: 'Skip' };

/**
 * Sets one choice for all matching rows, and for the rows of this page when there are more pages. Rows that
 * wait for a decision are created or linked one by one.
 */
export function bulkRowsOf(data: Shown, to: (more: object) => object) {
  const { group, perPage, total, search, statusName, typeName } = data;
  if (group === 'linked' || group === 'unusable' || total === 0) return [];
  const found = search || statusName || typeName ? ' found' : '';
  const offered = group === 'conflict' || group === 'toReview' ? (['skip'] as const) : deedsOf(data);
  const row = (deed: 'all' | 'page', which: string) => ({
    bulk: offered.map((choice) => ({
      title: `${WORDS[choice]} ${which}`,
      data: to({ do: deed, choice }),
    })),
  });
  const all = row('all', `all ${total.toLocaleString('en')}${found}`);
  return total > perPage ? [all, row('page', 'this page')] : [all];
}

const deedsOf = ({ rows }: Shown): Choice[] =>
  (['link', 'create', 'skip'] as const).filter((deed) => rows.some(({ choices }) => choices.includes(deed)));
