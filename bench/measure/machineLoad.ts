import type { ProcessorTimes } from './procStat';
import { median, percentile } from './statistics';

/**
 * The machine at one moment. `own`: the work of the bench and of all its child processes, in hundredths of a
 * second.
 */
export interface Sample extends ProcessorTimes {
  own: number;
}

/** How busy the machine was during a measurement. */
export interface MachineLoad {
  cores: number;
  /**
   * How many cores other programs kept busy: on average, and the level that they exceeded one second in
   * twenty.
   */
  others: number;
  othersPeak: number;
  /** How much of this machine's working time its host gave to other machines. In percent. */
  stealPercent: number;
  /** The time until a few bytes were on the disk, in milliseconds. */
  fsyncMs: number;
  fsyncPeakMs: number;
}

/**
 * The load from samples in their order. Undefined for fewer than two samples, for example on a system without
 * /proc.
 */
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

/**
 * The kernel counts whole hundredths, separately for each process, so the difference can fall slightly below
 * zero.
 */
const othersBetween = (before: Sample, after: Sample): number =>
  (Math.max(0, after.busy - before.busy - (after.own - before.own)) / (after.total - before.total)) *
  after.cores;

/**
 * The limits above which figures about time mean nothing: other programs use a tenth of the machine on
 * average, or three tenths at times.
 */
const MOST = { others: 0.1, othersPeak: 0.3, stealPercent: 3, fsyncMs: 20 };

/**
 * Why figures about time from this period say nothing about the product. Empty when they are meaningful, or
 * when the load is unknown.
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

/** The load in words, for a line above the figures. */
export function wordsOf(load: MachineLoad | undefined): string {
  if (!load) return 'how busy the machine was is not known here';
  const { cores, others, othersPeak, stealPercent, fsyncMs, fsyncPeakMs } = load;
  const [used, peak] = [others.toFixed(2), othersPeak.toFixed(2)];
  const disk = `fsync ${fsyncMs.toFixed(1)} ms (peak ${fsyncPeakMs.toFixed(1)})`;
  return `others used ${used} of ${cores} cores (peak ${peak}), steal ${stealPercent.toFixed(1)} %, ${disk}`;
}
