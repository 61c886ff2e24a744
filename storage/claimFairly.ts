import { AHEAD } from './keys';
import type { Row, Share, Table } from './table';

type Line = string | null;

/**
 * How often the claim goes back to lines that gave their whole share. The caller asks again for what is left
 * after that.
 */
const PASSES = 3;

export interface Claim {
  dueBy: number;
  leaseUntil: number;
  limit: number;
  now: number;
  /** The most rows of one line. */
  most(line: string): number;
}

/**
 * Claims due rows in turns: a share of each line, beginning after the line that was served last. Lines that
 * go ahead get one turn each first, and at most half of the rows. So neither many rows of one line nor many
 * lines that go ahead hold up the rest.
 */
export function createClaimFairly(table: Table): (claim: Claim) => Promise<Row[]> {
  let last = '';
  return async (claim) => {
    const { dueBy, leaseUntil, limit, now } = claim;
    const found = await table.dueLines(dueBy, now);
    let lines = inTurn(found, last);
    const rows: Row[] = [];
    const given = new Map<string, number>();
    for (let pass = 0; pass < PASSES && lines.length > 0 && rows.length < limit; pass++) {
      const left = (line: Line) => claim.most(nameOf(line)) - (given.get(nameOf(line)) ?? 0);
      const shares = sharesOf(lines, { free: limit - rows.length, left, begin: pass === 0 });
      if (shares.length === 0) break;
      const taken = await table.claimShares(dueBy, leaseUntil, shares, now);
      for (const [n, { line }] of shares.entries()) {
        const name = nameOf(line);
        given.set(name, (given.get(name) ?? 0) + (taken[n]?.length ?? 0));
      }
      rows.push(...taken.flat());
      last = shares.findLast(({ line }) => !goesAhead(line))?.line ?? last;
      const asked = new Map(shares.map(({ line, count }, n) => [line, (taken[n]?.length ?? 0) >= count]));
      lines = lines.filter((line) => asked.get(line) ?? true);
    }
    return rows;
  };
}

const goesAhead = (line: Line): boolean => line?.startsWith(AHEAD) ?? false;
/** The line as its collection declared it. */
const nameOf = (line: Line): string => line?.slice(AHEAD.length + 1) ?? '';

/** Lines that go ahead come first; both groups begin after the line that was served last. */
function inTurn(lines: readonly Line[], last: string): Line[] {
  const from = (some: Line[]) => {
    const next = some.findIndex((line) => nameOf(line) > last.slice(AHEAD.length + 1));
    return next < 0 ? some : [...some.slice(next), ...some.slice(0, next)];
  };
  return [...from(lines.filter(goesAhead)), ...from(lines.filter((line) => !goesAhead(line)))];
}

/**
 * Equal shares of the rows that are free. In the first pass each line that goes ahead gets one row; after
 * that it counts like any other line.
 */
function sharesOf(
  lines: readonly Line[],
  { free, left, begin }: { free: number; left(line: Line): number; begin: boolean },
): Share[] {
  const shares: Share[] = [];
  const open = lines.filter((line) => left(line) > 0);
  const promised = new Map<string, number>();
  const give = (some: readonly Line[], rows: number) => {
    const each = Math.max(1, Math.floor(rows / Math.max(1, some.length)));
    for (const line of some.slice(0, rows)) {
      const name = nameOf(line);
      const count = Math.min(each, left(line) - (promised.get(name) ?? 0));
      if (count <= 0) continue;
      promised.set(name, (promised.get(name) ?? 0) + count);
      shares.push({ line, count });
    }
  };
  const ahead = begin ? open.filter(goesAhead).slice(0, Math.ceil(free / 2)) : [];
  give(ahead, ahead.length);
  give(begin ? open.filter((line) => !goesAhead(line)) : open, free - shares.length);
  return shares;
}
