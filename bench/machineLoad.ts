import type { ProcessorTimes } from './procStat';
import { median, percentile } from './statistics';

/**
 * The machine at one moment; `own`: what the bench and all that it started have worked, in hundredths of a
 * second.
 */
export interface Sample extends ProcessorTimes {
  own: number;
}

/** How busy the machine was while something was measured. */
export interface MachineLoad {
  cores: number;
  /**
   * How many cores others than the bench kept busy: over all, and what they exceeded in one second of twenty.
   */
  others: number;
  othersPeak: number;
  /** Of the time that this machine had work to do, what its host gave to others. In percent. */
  stealPercent: number;
  /** Until a few bytes were on the disk, in milliseconds. */
  fsyncMs: number;
  fsyncPeakMs: number;
}

/** Of samples in their order. Undefined without two of them, such as on a system that has no /proc. */
export function loadOf(samples: readonly Sample[], fsyncs: readonly number[]): MachineLoad | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.total <= first.total) return undefined;
  const steps = samples.slice(1).map((sample, n) => othersBetween(samples[n] ?? sample, sample));
  const [busy, steal] = [last.busy - first.busy, last.steal - first.steal];
  return {
    cores: last.cores,
    others: othersBetween(first, last),
    othersPeak: percentile(steps.filter(Number.isFinite), 0.95),
    stealPercent: (steal / Math.max(1, busy + steal)) * 100,
    fsyncMs: median(fsyncs),
    fsyncPeakMs: percentile(fsyncs, 0.95),
  };
}

/** The kernel counts in whole hundredths, of each process apart: a little less than nothing is nothing. */
const othersBetween = (before: Sample, after: Sample): number =>
  (Math.max(0, after.busy - before.busy - (after.own - before.own)) / (after.total - before.total)) *
  after.cores;

/**
 * What a figure about time does not stand: a tenth of the machine for others, or three tenths now and then.
 */
const MOST = { others: 0.1, othersPeak: 0.3, stealPercent: 3, fsyncMs: 20 };

/**
 * Why figures about time that were taken meanwhile say nothing about the product; none: they do, or nobody
 * knows.
 */
export function disturbances(load: MachineLoad | undefined): string[] {
  if (!load) return [];
  const { cores, others, othersPeak, stealPercent, fsyncMs } = load;
  return [
    ...(others > MOST.others * cores || othersPeak > MOST.othersPeak * cores ? ['other programs'] : []),
    ...(stealPercent > MOST.stealPercent ? ['the host'] : []),
    ...(fsyncMs > MOST.fsyncMs ? ['the disk'] : []),
  ];
}

/** In words, for a line above the figures. */
export function wordsOf(load: MachineLoad | undefined): string {
  if (!load) return 'how busy the machine was is not known here';
  const { cores, others, othersPeak, stealPercent, fsyncMs, fsyncPeakMs } = load;
  const [used, peak] = [others.toFixed(2), othersPeak.toFixed(2)];
  const disk = `fsync ${fsyncMs.toFixed(1)} ms (peak ${fsyncPeakMs.toFixed(1)})`;
  return `others used ${used} of ${cores} cores (peak ${peak}), steal ${stealPercent.toFixed(1)} %, ${disk}`;
}
