/** The smallest of `values` that a share `p` (0..1) of them does not exceed. NaN of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

/** Of an even count the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
}

export const mean = (values: readonly number[]): number => sum(values) / values.length;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * How many times as much the one is as the other. Of medians and not the median of ratios: one disturbed
 * round would spoil both its values at once, here it spoils one value of many.
 */
export const ratioOfMedians = (one: readonly number[], other: readonly number[]): number =>
  median(one) / median(other);

export const ratioOfMeans = (one: readonly number[], other: readonly number[]): number =>
  mean(one) / mean(other);
