import { disturbances, type MachineLoad } from './machineLoad';

/** `null`: a figure that is only told. */
export type Verdict = 'holds' | 'not held' | 'not meaningful' | null;

/** One measured figure; `goal` in words with its direction, null for what is only told. `holds` is true without a goal. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  goal: string | null;
  holds: boolean;
  /** Not meaningful: the machine was too busy with others while it was measured. */
  verdict: Verdict;
  /** Meanwhile; absent where it is not known. */
  machine?: MachineLoad;
}

/** A figure before it is known how busy the machine was meanwhile. */
export interface Figure extends Omit<Result, 'verdict' | 'machine'> {
  /** Memory and counts are the same however busy the machine is. */
  atAnyLoad: boolean;
}

interface Goal {
  atLeast?: number;
  atMost?: number;
  atAnyLoad?: boolean;
}

/** A figure, rounded to four significant digits after it was held against its goal. */
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

/** A row for what could not be measured here. */
export const untold = (name: string): Figure => result(name, Number.NaN, '');

/** What the figures say, now that it is known how busy the machine was while they were measured. */
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

/** Whether something is wrong with the product: a figure that says something, and is not as it should be. */
export const failed = (results: readonly Result[]): boolean =>
  results.some(({ verdict }) => verdict === 'not held');
