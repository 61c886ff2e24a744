import { sameness } from '../organizations/match';
import { shapeOf } from '../organizations/nameShape';
import type { ImportPage, ImportRow } from './importRun';

interface Claimant {
  id: string;
  name: string;
  inactive: boolean;
  page: number;
}

/** What a run's organizations would take for themselves, as far as the run has read them. */
export interface Claims {
  /**
   * The organizations that claim the same customer or name: the index keeps the first two,
   * active and inactive.
   */
  byClaim: Map<string, readonly Claimant[]>;
  /** Pages with an organization that conflicts with one of a later page. */
  overtaken: Set<number>;
}

export const noClaims = (): Claims => ({ byClaim: new Map(), overtaken: new Set() });

/** Notes what a row of this page claims; a repeat changes nothing. */
export function noteClaim(claims: Claims, row: ImportRow, page: number): void {
  const { claim, group, organization } = row;
  if (claim === undefined) return;
  const { id, name } = organization;
  const inactive = group === 'inactive';
  const claimants = claims.byClaim.get(claim);
  if (!claimants) {
    claims.byClaim.set(claim, [{ id, name, inactive, page }]);
    return;
  }
  for (const each of claimants) if (each.page !== page) claims.overtaken.add(each.page);
  const known = claimants.filter((each) => each.inactive === inactive || each.id === id);
  if (known.length < 2 && !known.some((each) => each.id === id))
    claims.byClaim.set(claim, [...claimants, { id, name, inactive, page }]);
}

/** The page, with conflicting organizations marked as such; undefined when nothing on it changes. */
export function withConflicts(claims: Claims, page: ImportPage): ImportPage | undefined {
  let changed = false;
  const rows = page.rows.map((row) => {
    const rival = rivalOf(claims, row);
    if (rival === undefined) return row;
    changed = true;
    return settledRow(row, rival);
  });
  return changed ? { ...page, rows } : undefined;
}

/**
 * Another organization that claims the same; none for a row that was settled before. An inactive organization
 * is nobody's rival.
 */
function rivalOf(
  { byClaim }: Claims,
  { group, claim, because, organization }: ImportRow,
): Claimant | undefined {
  const inactive = group === 'inactive';
  if (claim === undefined || group === 'conflict' || (inactive && because)) return undefined;
  return byClaim.get(claim)?.find((each) => each.id !== organization.id && (inactive || !each.inactive));
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
