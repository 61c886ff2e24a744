import { sameness } from '../organizations/match';
import { shapeOf } from '../organizations/nameShape';
import type { Stored } from '../ports';
import { changePage, changeRun } from './changeRun';
import { NO_COUNTS, plus } from './counts';
import type { ImportPage, ImportRow, ImportRun } from './importRun';
import { eachInTurn } from './pause';
import type { ImportDeps } from './startImport';
import { storedPages } from './storedPages';

interface Claimant {
  id: string;
  name: string;
  inactive: boolean;
}

/** Which organizations of a run claim the same customer or name: the first two are remembered, active and inactive. */
type Claims = Map<string, readonly Claimant[]>;

/**
 * After the last page: finds the organizations that are in each other's way (two that look like one customer, two whose
 * names look like one company's), so that a person chooses which of them becomes a customer; counts anew from the stored
 * rows, and opens the review. An inactive one is in nobody's way; of itself it is said. Safe to repeat.
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
    return rival === undefined ? row : settledRow(row, rival);
  }),
});

function noteClaim(claims: Claims, { claim, group, organization: { id, name } }: ImportRow): void {
  if (claim === undefined) return;
  const inactive = group === 'inactive';
  const claimants = claims.get(claim) ?? [];
  if (claimants.filter((each) => each.inactive === inactive).length < 2)
    claims.set(claim, [...claimants, { id, name, inactive }]);
}

/** Another organization that claims the same; of a row that was settled before, none. */
function rivalOf(claims: Claims, { group, claim, because, organization }: ImportRow): Claimant | undefined {
  const inactive = group === 'inactive';
  if (claim === undefined || group === 'conflict' || (inactive && because)) return undefined;
  return claims.get(claim)?.find((each) => each.id !== organization.id && (inactive || !each.inactive));
}

function settledRow(row: ImportRow, rival: Claimant): ImportRow {
  const said = row.because ? `${row.because} ` : '';
  const why =
    row.group === 'likely'
      ? 'looks like the same customer'
      : `has ${sameness(shapeOf(row.organization.name), shapeOf(rival.name))}`;
  const because = `${said}Another organization, “${shortened(rival.name)}” (${rival.id}), ${why}.`;
  if (row.group === 'inactive') return { ...row, because };
  const { choice: _left, ...rest } = row;
  return { ...rest, group: 'conflict', because };
}

const SHOWN = 60;
const shortened = (name: string): string => (name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name);
