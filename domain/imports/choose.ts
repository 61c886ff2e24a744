import { nameKeyOf } from '../customers/customerName';
import { conflict } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { changePage, runById } from './changeRun';
import type { Choice, ImportPage, ImportRow } from './importRun';
import { matcherOf, type RowFilter, reviewPage } from './reviewPage';
import { unusableName } from './unusableName';

type ChooseDeps = Needs<'importRuns' | 'importPages'>;

/** A new choice for one row, with the stored page that holds the row. */
export interface RowChoice {
  page: number;
  organizationId: string;
  choice: Choice;
}

/**
 * Chooses for single rows, as one person saw them. Skips rows that are gone, and choices that a row does not
 * offer. The choice is stored with the row: it survives paging and a restart, and the next person sees it.
 * Throws conflict when the import is not in review any more.
 */
export async function chooseRows(
  deps: ChooseDeps,
  actor: Actor,
  runId: string,
  choices: readonly RowChoice[],
): Promise<void> {
  permit(actor, 'organizations.import');
  for (const number of new Set(choices.map(({ page }) => page))) {
    const wanted = new Map(
      choices.filter(({ page }) => page === number).map((each) => [each.organizationId, each.choice]),
    );
    await chooseOnPage(deps, runId, number, ({ organization }) => wanted.get(organization.id));
  }
}

/**
 * Makes the same choice for every row that matches. Leaves two kinds to a person who sees them: organizations
 * that look like one customer, and inactive ones that look like a customer or another organization.
 */
export async function chooseAll(
  deps: ChooseDeps,
  actor: Actor,
  runId: string,
  request: { filter: RowFilter; choice: Choice },
): Promise<void> {
  permit(actor, 'organizations.import');
  const matches = matcherOf(request.filter);
  const { value } = await runById(deps, runId);
  for (let number = 1; number <= value.pagesRead; number++) {
    await chooseOnPage(deps, runId, number, (row) =>
      matches(row) && (request.choice === 'skip' || !needsADecision(row)) ? request.choice : undefined,
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Makes the same choice for the rows of one page of the review. Organizations in conflict would become one
 * customer: a person creates or links them one by one.
 */
export async function choosePage(
  deps: ChooseDeps,
  actor: Actor,
  runId: string,
  { filter, page, choice }: { filter: RowFilter; page: number; choice: Choice },
): Promise<void> {
  permit(actor, 'organizations.import');
  const { rows } = await reviewPage(deps, actor, runId, { ...filter, page });
  const chosen = rows.filter(({ group }) => choice === 'skip' || group !== 'conflict');
  if (rows.length > 0 && chosen.length === 0) throw conflict(ONE_BY_ONE);
  await chooseRows(
    deps,
    actor,
    runId,
    chosen.map((row) => ({ page: row.page, organizationId: row.organization.id, choice })),
  );
}

const ONE_BY_ONE =
  'Organizations in conflict would become the same customer. Nothing was chosen. Choose for each of them.';

const needsADecision = ({ group, because }: ImportRow): boolean =>
  group === 'conflict' || (group === 'inactive' && because !== undefined);

/**
 * The choices that a row offers: none once it is linked or applied, and no 'create' that would fail, because
 * the name cannot be a customer's or is another customer's.
 */
export function choicesOf({ group, customerId, customerName, organization, result }: ImportRow): Choice[] {
  if (group === 'linked' || result) return [];
  const isTaken = customerName !== undefined && nameKeyOf(customerName) === nameKeyOf(organization.name);
  return [
    ...(customerId === undefined ? [] : ['link' as const]),
    ...(isTaken || unusableName(organization.name) ? [] : ['create' as const]),
    'skip',
  ];
}

async function chooseOnPage(
  deps: ChooseDeps,
  runId: string,
  number: number,
  wish: (row: ImportRow) => Choice | undefined,
): Promise<void> {
  const { state, pagesRead } = (await runById(deps, runId)).value;
  if (state !== 'review')
    throw conflict('This import is not open for choices any more. Nothing was changed. Look at it again.');
  if (number < 1 || number > pagesRead) return;
  await changePage(deps, runId, number, (page) => withChoices(page, wish));
}

function withChoices(page: ImportPage, wish: (row: ImportRow) => Choice | undefined): ImportPage | undefined {
  let changed = false;
  const rows = page.rows.map((row) => {
    const choice = wish(row);
    if (!choice || choice === row.choice || !choicesOf(row).includes(choice)) return row;
    changed = true;
    return { ...row, choice };
  });
  return changed ? { ...page, rows } : undefined;
}
