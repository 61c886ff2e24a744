/** The smallest of `values` that a share `p` (0..1) of them does not exceed. NaN for no values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

/** For an even count the mean of the middle two. NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1));
}

export const mean = (values: readonly number[]): number => sum(values) / values.length;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * The ratio of two medians. It is better than the median of ratios: one disturbed round would spoil the whole
 * ratio of that round, while here it spoils one value of many.
 */
export const ratioOfMedians = (one: readonly number[], other: readonly number[]): number =>
  median(one) / median(other);

export const ratioOfMeans = (one: readonly number[], other: readonly number[]): number =>
  mean(one) / mean(other);
