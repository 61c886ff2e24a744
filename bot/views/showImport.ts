import { importProgressCard } from '../../cards/importProgress';
import { importResultCard, OUTCOMES } from '../../cards/importResult';
import { importReviewCard } from '../../cards/importReview';
import type { Card } from '../../cards/shared/card';
import { dateTime, line, type Text } from '../../cards/shared/time';
import { runById } from '../../domain/imports/changeRun';
import { choicesOf } from '../../domain/imports/choose';
import {
  GROUPS,
  type Group,
  type ImportRow,
  type ImportRun,
  type View,
} from '../../domain/imports/importRun';
import { type PageRow, type Review, ROWS_PER_PAGE, reviewPage } from '../../domain/imports/reviewPage';
import type { Actor } from '../../domain/people/person';
import type { Clock, Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';

/** Which rows of an import to show. */
export interface ImportQuery {
  group?: View;
  outcome?: NonNullable<ImportRow['result']>['outcome'];
  search?: string;
  statusName?: string;
  typeName?: string;
  page?: number;
  problem?: string;
  /** For an import that has ended: the download of its list, for the person who sees this card. */
  list?: { url: string; expiresAt: number };
}

/** The current state of an import: its progress, the open decisions, or its results. */
export async function showImport(
  deps: AppDeps,
  actor: Actor,
  runId: string,
  query: ImportQuery = {},
): Promise<Card> {
  const run = await runById(deps, runId);
  const { state, results } = run.value;
  if (state === 'reading' || state === 'applying') return progressCard(deps, run, true);
  if (state === 'review') return reviewCard(deps, actor, run, query);
  const some = Object.values(results).some((count) => count > 0);
  return some || state === 'done' ? resultCard(deps, actor, run, query) : progressCard(deps, run, false);
}

/** `canLook`: for a card that does not update by itself. `said`: why the import waits at the moment. */
export function progressCard(
  { clock }: { clock: Clock },
  run: Stored<ImportRun>,
  canLook: boolean,
  said: Text = '',
): Card {
  const { integrationId, integrationName, state, pagesRead, totalPages, startedAt, startedBy } = run.value;
  const { counts, results, failure, finishedAt } = run.value;
  const now = clock.now();
  const sum = (numbers: Record<string, number>) =>
    Object.values(numbers).reduce((all, each) => all + each, 0);
  const note = failure ?? (canLook ? line`${startedBy.name} started it, ${dateTime(startedAt)}.` : said);
  return importProgressCard({
    runId: run.id,
    integrationId,
    integration: integrationName,
    state: state === 'failed' || state === 'cancelled' || state === 'applying' ? state : 'reading',
    pagesRead,
    ...(totalPages !== undefined && { totalPages }),
    count: sum(state === 'applying' ? results : counts),
    elapsedMs: (finishedAt ?? now) - startedAt,
    ...(note && { note }),
    canLook,
  });
}

async function reviewCard(
  deps: AppDeps,
  actor: Actor,
  run: Stored<ImportRun>,
  {
    problem,
    group = firstGroup(run.value),
    search = '',
    statusName = '',
    typeName = '',
    page: at = 0,
  }: ImportQuery,
): Promise<Card> {
  const filter = { group, search, statusName, typeName };
  const review = await reviewPage(deps, actor, run.id, { ...filter, page: at });
  const { integrationName, statuses, types, bad, unlisted = 0 } = review.run.value;
  const { counts, plan, total, page } = review;
  return importReviewCard({
    runId: run.id,
    integration: integrationName,
    ...filter,
    statuses,
    types,
    counts,
    bad,
    unlisted,
    rows: review.rows.map(rowOf),
    total,
    page,
    perPage: ROWS_PER_PAGE,
    plan,
    ...(problem && { problem }),
  });
}

const firstGroup = ({ counts }: ImportRun): Group =>
  counts.new > 0 ? 'new' : (GROUPS.find((group) => counts[group] > 0) ?? 'new');

/** For a row in a review that was reopened. */
const DONE = 'This was applied already.';

function rowOf(row: PageRow) {
  const { organization, page, customerName, because: why, choice, result } = row;
  const because = result ? DONE : why;
  const { id: organizationId, name, state, statusName, typeName, url } = organization;
  return {
    name,
    organizationId,
    page,
    state,
    group: row.group,
    ...(url && { url }),
    choices: choicesOf(row),
    ...(statusName && { statusName }),
    ...(typeName && { typeName }),
    ...(customerName && { customerName }),
    ...(because && { because }),
    ...(choice && { choice }),
  };
}

async function resultCard(
  deps: AppDeps,
  actor: Actor,
  run: Stored<ImportRun>,
  query: ImportQuery,
): Promise<Card> {
  const { integrationId, integrationName, results, state, failure } = run.value;
  const outcome = query.outcome ?? OUTCOMES.find((each) => results[each] > 0) ?? 'created';
  const review: Review = await reviewPage(deps, actor, run.id, { outcome, page: query.page ?? 0 });
  return importResultCard({
    runId: run.id,
    integrationId,
    integration: integrationName,
    state: state === 'cancelled' || state === 'failed' ? state : 'done',
    results,
    ...(failure && { note: failure }),
    outcome,
    rows: review.rows.map(({ organization, result }) => ({
      name: organization.name,
      ...(result?.reason && { reason: result.reason }),
    })),
    total: review.total,
    page: review.page,
    perPage: ROWS_PER_PAGE,
    ...(query.problem && { problem: query.problem }),
    ...(query.list && { list: { url: query.list.url, until: query.list.expiresAt } }),
  });
}
