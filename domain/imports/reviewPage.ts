import { nameKeyOf } from '../customers/customerName';
import { withoutAccents } from '../organizations/nameShape';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { runById } from './changeRun';
import { NO_COUNTS, plus } from './counts';
import type { Choice, Counts, ImportRow, ImportRun, View } from './importRun';
import { eachInTurn } from './reading/pause';
import { storedPages } from './reading/storedPages';

/** Rows of a review card: few enough for a narrow pane and for Teams' message size. */
export const ROWS_PER_PAGE = 6;

/** Selects rows: a row matches when all given fields hold. */
export interface RowFilter {
  group?: View;
  /** Part of the name in any spelling, or the vendor's id. */
  search?: string;
  statusName?: string;
  typeName?: string;
  outcome?: NonNullable<ImportRow['result']>['outcome'];
}

/** What applying would still do with the present choices; `undecided` rows stay as they are. */
export type Plan = Record<Choice | 'undecided', number>;

/** A row, with the stored page that holds it. */
export type PageRow = ImportRow & { page: number };

export interface Review {
  run: Stored<ImportRun>;
  rows: PageRow[];
  /** How many rows match, and which page of ROWS_PER_PAGE is shown, from 0. */
  total: number;
  page: number;
  counts: Counts;
  plan: Plan;
}

/**
 * One page of an import's rows, with all counts as the choices stand now. Reads the stored pages one by
 * one: this needs little memory and lets other work in between. For a number behind the last page it
 * returns the last page.
 */
export async function reviewPage(
  deps: Needs<'importRuns' | 'importPages'>,
  actor: Actor,
  runId: string,
  query: RowFilter & { page: number },
): Promise<Review> {
  permit(actor, 'organizations.import');
  const run = await runById(deps, runId);
  const first = await scan(deps, run, query, query.page);
  const last = Math.max(0, Math.ceil(first.total / ROWS_PER_PAGE) - 1);
  return query.page > last ? scan(deps, run, query, last) : first;
}

async function scan(
  deps: Needs<'importPages'>,
  run: Stored<ImportRun>,
  filter: RowFilter,
  page: number,
): Promise<Review> {
  const matches = matcherOf(filter);
  const review: Review = {
    run,
    rows: [],
    total: 0,
    page,
    counts: NO_COUNTS,
    plan: { create: 0, link: 0, skip: 0, undecided: 0 },
  };
  for await (const { value } of storedPages(deps.stores.importPages, run.id, run.value.pagesRead)) {
    review.counts = plus(review.counts, value.rows);
    await eachInTurn(value.rows, (row) => {
      notePlan(review.plan, row);
      if (!matches(row)) return;
      const position = review.total++;
      if (Math.floor(position / ROWS_PER_PAGE) === page) review.rows.push({ ...row, page: value.number });
    });
  }
  return review;
}

/** Sums up the choices of the whole run. */
export async function planOf(deps: Needs<'importPages'>, run: Stored<ImportRun>): Promise<Plan> {
  return (await scan(deps, run, {}, 0)).plan;
}

function notePlan(plan: Plan, { group, choice, result }: ImportRow): void {
  if (group !== 'linked' && !result) plan[choice ?? 'undecided']++;
}

/** Also matches for people who do not type the accents. */
const searchable = (text: string): string => withoutAccents(nameKeyOf(text));

/** Nothing was preset for it: a person decides. What they chose since changes nothing about it. */
const needsReview = ({ group, because }: ImportRow): boolean =>
  group === 'likely' || group === 'conflict' || (group === 'new' && because !== undefined);

/** Builds the filter once for many rows. */
export function matcherOf({ group, search, statusName, typeName, outcome }: RowFilter) {
  const text = searchable(search ?? '');
  const wanted = [
    group && ((row: ImportRow) => (group === 'toReview' ? needsReview(row) : row.group === group)),
    outcome && ((row: ImportRow) => row.result?.outcome === outcome),
    statusName && (({ organization }: ImportRow) => organization.statusName === statusName),
    typeName && (({ organization }: ImportRow) => organization.typeName === typeName),
    text &&
      (({ organization }: ImportRow) =>
        organization.id === text || searchable(organization.name).includes(text)),
  ].filter((each): each is (row: ImportRow) => boolean => typeof each === 'function');
  return (row: ImportRow): boolean => wanted.every((each) => each(row));
}
