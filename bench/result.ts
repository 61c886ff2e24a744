/** One measured figure; `goal` in words with its direction, null for what is only told. `holds` is true without a goal. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  goal: string | null;
  holds: boolean;
}

interface Goal {
  atLeast?: number;
  atMost?: number;
}

/** A figure, rounded to four significant digits after it was held against its goal. */
export function result(name: string, value: number, unit: string, { atLeast, atMost }: Goal = {}): Result {
  const goals = [
    ...(atLeast === undefined ? [] : [`>= ${atLeast}`]),
    ...(atMost === undefined ? [] : [`<= ${atMost}`]),
  ];
  const holds =
    value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  return { name, value: Number(value.toPrecision(4)), unit, goal: goals.join(' and ') || null, holds };
}

/** A row for what could not be measured here. */
export const untold = (name: string): Result => ({
  name,
  value: Number.NaN,
  unit: '',
  goal: null,
  holds: true,
});

/** The results as lines of a table. */
export function table(results: readonly Result[]): string {
  const rows = results.map(({ name, value, unit, goal, holds }) => [
    name,
    Number.isNaN(value) ? '' : String(value),
    unit,
    goal ? `goal ${goal}: ${holds ? 'holds' : 'NOT HELD'}` : '',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [nameWidth = 0, valueWidth = 0, unitWidth = 0] = widths;
  return rows
    .map(([name = '', value = '', unit = '', goal = '']) =>
      `${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)} ${unit.padEnd(unitWidth)}  ${goal}`.trimEnd(),
    )
    .join('\n');
}
