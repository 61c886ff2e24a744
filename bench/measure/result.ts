import { disturbances, type MachineLoad } from './machineLoad';

/** `null` for a figure without a goal. */
export type Verdict = 'holds' | 'not held' | 'not meaningful' | null;

/**
 * One measured figure. `goal` is in words with its direction, null for a figure without a goal; `holds` is
 * then true.
 */
export interface Result {
  name: string;
  value: number;
  unit: string;
  goal: string | null;
  holds: boolean;
  /** 'not meaningful' when other programs kept the machine too busy during the measurement. */
  verdict: Verdict;
  /** The load during the measurement; absent where it is unknown. */
  machine?: MachineLoad;
}

/** A figure before the load of the machine is known. */
export interface Figure extends Omit<Result, 'verdict' | 'machine'> {
  /** True for memory and counts, which do not depend on the load of the machine. */
  atAnyLoad: boolean;
}

interface Goal {
  atLeast?: number;
  atMost?: number;
  atAnyLoad?: boolean;
}

/** A figure, rounded to four significant digits after the comparison with its goal. */
export function result(name: string, value: number, unit: string, goal: Goal = {}): Figure {
  const { atLeast, atMost, atAnyLoad = false } = goal;
  const goals = [
    ...(atLeast === undefined ? [] : [`>= ${atLeast}`]),
    ...(atMost === undefined ? [] : [`<= ${atMost}`]),
  ];
  const holds =
    value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  const words = goals.join(' and ') || null;
  return {
    name,
    value: Number(value.toPrecision(4)),
    unit,
    goal: words,
    holds: words === null || holds,
    atAnyLoad,
  };
}

/** A row for a figure that cannot be measured on this machine. */
export const unmeasured = (name: string): Figure => result(name, Number.NaN, '');

/** Judges the figures by the load of the machine during their measurement. */
export function judged(figures: readonly Figure[], machine: MachineLoad | undefined): Result[] {
  const disturbed = disturbances(machine).length > 0;
  return figures.map(({ atAnyLoad, ...figure }) => ({
    ...figure,
    verdict: verdictOf(figure, disturbed && !atAnyLoad),
    ...(machine && { machine }),
  }));
}

function verdictOf({ goal, holds }: Pick<Figure, 'goal' | 'holds'>, disturbed: boolean): Verdict {
  if (goal === null) return null;
  if (disturbed) return 'not meaningful';
  return holds ? 'holds' : 'not held';
}

/** Whether the product has a fault: a meaningful figure misses its goal. */
export const failed = (results: readonly Result[]): boolean =>
  results.some(({ verdict }) => verdict === 'not held');
