import { nameKeyOf } from '../customers/customerName';
import type { Stored } from '../ports';
import { changePage, changeRun } from './changeRun';
import { NO_COUNTS, plus } from './counts';
import type { ImportPage, ImportRow, ImportRun } from './importRun';
import { eachInTurn } from './pause';
import type { ImportDeps } from './startImport';
import { storedPages } from './storedPages';

/** Which organizations of a run claim the same customer or name: the first two of each are remembered. */
type Claims = Map<string, string[]>;

/**
 * After the last page: finds the organizations that are in each other's way (two that look like one customer, two of
 * one name), counts anew from the stored rows, and opens the review. Safe to repeat.
 */
export async function settleReading(deps: ImportDeps, run: Stored<ImportRun>): Promise<Stored<ImportRun>> {
  const claims: Claims = new Map();
  for await (const { value } of storedPages(deps.importPages, run.id, run.value.pagesRead))
    await eachInTurn(value.rows, (row) => noteClaim(claims, row));
  let counts = NO_COUNTS;
  let bad = 0;
  for await (const { value } of storedPages(deps.importPages, run.id, run.value.pagesRead)) {
    const page = value.rows.some((row) => rivalOf(claims, row) !== undefined)
      ? (await changePage(deps.importPages, run.id, value.number, (current) => settled(claims, current)))
          .value
      : value;
    counts = plus(counts, page.rows);
    bad += page.bad.length;
  }
  return changeRun(deps.importRuns, run.id, (current) =>
    current.state === 'reading' ? { ...current, counts, bad, state: 'review' } : undefined,
  );
}

const settled = (claims: Claims, page: ImportPage): ImportPage => ({
  ...page,
  rows: page.rows.map((row) => {
    const rival = rivalOf(claims, row);
    return rival === undefined ? row : inConflict(row, rival);
  }),
});

/** What a row would take for itself; undefined for one that takes nothing, and for one that is in conflict already. */
function claimOf({ group, customerId, organization }: ImportRow): string | undefined {
  if (group === 'likely') return `customer ${customerId}`;
  return group === 'new' ? `name ${nameKeyOf(organization.name)}` : undefined;
}

function noteClaim(claims: Claims, row: ImportRow): void {
  const claim = claimOf(row) ?? row.claim;
  if (claim === undefined) return;
  const ids = claims.get(claim) ?? [];
  if (ids.length < 2) claims.set(claim, [...ids, row.organization.id]);
}

function rivalOf(claims: Claims, row: ImportRow): string | undefined {
  const claim = claimOf(row);
  return claim === undefined ? undefined : claims.get(claim)?.find((id) => id !== row.organization.id);
}

function inConflict({ choice: _left, ...row }: ImportRow, rival: string): ImportRow {
  const said = row.because ? `${row.because} ` : '';
  const what = row.group === 'likely' ? 'looks like the same customer' : 'has the same name';
  const claim = claimOf(row);
  return {
    ...row,
    ...(claim !== undefined && { claim }),
    group: 'conflict',
    because: `${said}Another organization (${rival}) ${what}.`,
  };
}
