import { StoreMisuse } from './storeMisuse';

type Path = string[];

/**
 * A value as one JSON text, the same for every driver: no field name or character of it can mean anything to a
 * database. Dates are ISO strings whose paths stand beside the value. `undefined` fields are left out.
 * Throws StoreMisuse for what would not come back equal: NaN, infinities, invalid dates, functions, big integers.
 */
export function encode(value: unknown): string {
  const dates: Path[] = [];
  collectDates(value, [], dates);
  return JSON.stringify(dates.length > 0 ? [value, dates] : [value]);
}

/** The value of an `encode`d text. */
export function decode<T>(text: string): T {
  const [value, dates = []] = JSON.parse(text) as [T, Path[]?];
  let result: unknown = value;
  for (const path of dates) result = withDate(result, path);
  return result as T;
}

function collectDates(node: unknown, path: Path, dates: Path[]): void {
  if (node instanceof Date) {
    if (Number.isNaN(node.getTime())) throw unstorable('an invalid date', path);
    dates.push([...path]);
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, child] of Object.entries(node)) collectDates(child, [...path, key], dates);
  } else if (typeof node === 'number' ? !Number.isFinite(node) : NOT_DATA.has(typeof node)) {
    throw unstorable(`a ${typeof node}`, path);
  }
}

const NOT_DATA = new Set(['function', 'bigint', 'symbol']);

const unstorable = (what: string, path: Path) =>
  new StoreMisuse(`${path.join('.')}: ${what} cannot be stored`);

/** Walks own properties only: `JSON.parse` makes `__proto__` an own one like any other. */
function withDate(root: unknown, path: Path): unknown {
  const last = path.at(-1);
  if (last === undefined) return new Date(root as string);
  let node = root as Record<string, unknown>;
  for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
  node[last] = new Date(node[last] as string);
  return root;
}
