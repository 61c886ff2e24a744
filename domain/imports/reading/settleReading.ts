import type { Stored } from '../../ports';
import { changePage, changeRun } from '../changeRun';
import { withConflicts } from '../claims';
import { countsOf, sumOf } from '../counts';
import type { ImportRun } from '../importRun';
import type { RunIndex } from '../runIndex';
import type { ImportDeps } from '../startImport';

/**
 * Runs after the last page, then the review opens. An organization's rival looks like the same customer,
 * or its name looks like the same company's. Where the rival came on a later page, both are put in
 * conflict, so that a person chooses which of them becomes a customer. No other page is read or written
 * again. Safe to repeat.
 */
export async function settleReading(
  deps: ImportDeps,
  run: Stored<ImportRun>,
  { claims, counts }: RunIndex,
): Promise<Stored<ImportRun>> {
  for (const number of claims.overtaken) {
    const { value } = await changePage(deps, run.id, number, (page) => withConflicts(claims, page));
    counts.set(number, countsOf(value.rows));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return changeRun(deps, run.id, (current) =>
    current.state === 'reading' ? { ...current, counts: sumOf(counts.values()), state: 'review' } : undefined,
  );
}
