import { disturbances, wordsOf } from './machineLoad';
import type { Result } from './result';

/**
 * The results as lines of a table, below the load of the machine. The last line counts the figures that mean
 * nothing.
 */
export function table(results: readonly Result[]): string {
  const rows = results.map(({ name, value, unit, goal, verdict }) => [
    name,
    Number.isNaN(value) ? '' : String(value),
    unit,
    goal ? `goal ${goal}: ${verdict === 'not held' ? 'NOT HELD' : verdict}` : '',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => lineOf(row, widths));
  return [...lines.flatMap((line, n) => [...headingOf(results, n), line]), ...meaninglessIn(results)].join(
    '\n',
  );
}

function lineOf([name = '', value = '', unit = '', goal = '']: string[], widths: number[]): string {
  const [nameWidth = 0, valueWidth = 0, unitWidth = 0] = widths;
  return `${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)} ${unit.padEnd(unitWidth)}  ${goal}`.trimEnd();
}

/** The heading before the first of the figures that were measured together. */
function headingOf(results: readonly Result[], n: number): string[] {
  const machine = results[n]?.machine;
  if (n > 0 && results[n - 1]?.machine === machine) return [];
  const by = disturbances(machine);
  const said = by.length > 0 ? `; too busy (${by.join(', ')})` : '';
  return [...(n > 0 ? [''] : []), `-- ${wordsOf(machine)}${said}`];
}

function meaninglessIn(results: readonly Result[]): string[] {
  const count = results.filter(({ verdict }) => verdict === 'not meaningful').length;
  if (count === 0) return [];
  return ['', `${count} figures with a goal are not meaningful: measure them again on a quiet machine.`];
}
