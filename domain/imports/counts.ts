import { type Counts, GROUPS, type ImportRow, type ImportRun } from './importRun';

export const NO_COUNTS: Counts = { likely: 0, conflict: 0, new: 0, unusable: 0, inactive: 0, linked: 0 };
export type Results = ImportRun['results'];
export const NO_RESULTS: Results = { created: 0, linked: 0, skipped: 0, failed: 0 };

export const countsOf = (rows: readonly ImportRow[]): Counts => plus(NO_COUNTS, rows);

export function sumOf(all: Iterable<Counts>): Counts {
  const sum = { ...NO_COUNTS };
  for (const counts of all) for (const group of GROUPS) sum[group] += counts[group];
  return sum;
}

/** Adds these rows to the counts. */
export function plus(counts: Counts, rows: readonly ImportRow[]): Counts {
  const sum = { ...counts };
  for (const { group } of rows) sum[group]++;
  return sum;
}

/** Adds these rows to the results. */
export function plusResults(results: Results, rows: readonly ImportRow[]): Results {
  const sum = { ...results };
  for (const { result } of rows) if (result) sum[result.outcome]++;
  return sum;
}
