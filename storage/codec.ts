import { StoreMisuse } from './storeMisuse';

type Path = string[];

/**
 * A value as one JSON text, the same for every driver: a database never interprets its field names or
 * characters. Dates are ISO strings whose paths are stored beside the value. `undefined` fields are left out.
 * Throws StoreMisuse for values that would come back changed: NaN, infinities, invalid dates, functions, big
 * integers.
 */
export function encode(value: unknown): string {
  const dates = datePaths(value);
  return JSON.stringify(dates.length > 0 ? [value, dates] : [value]);
}

/** The value of a text from `encode`. */
export function decode<T>(text: string): T {
  const [value, dates = []] = JSON.parse(text) as [T, Path[]?];
  let result: unknown = value;
  for (const path of dates) result = withDate(result, path);
  return result as T;
}

const NOT_DATA = new Set(['function', 'bigint', 'symbol']);
const NONE: Path[] = [];

/** Runs on every write, so it allocates nothing when there is no date. */
function datePaths(node: unknown): Path[] {
  if (typeof node !== 'object' || node === null) {
    if (typeof node === 'number' ? !Number.isFinite(node) : NOT_DATA.has(typeof node)) throw unstorable(node);
    return NONE;
  }
  if (node instanceof Date) {
    if (Number.isNaN(node.getTime())) throw unstorable(node);
    return [[]];
  }
  let found = NONE;
  for (const key of Object.keys(node)) {
    const below = datePaths((node as Record<string, unknown>)[key]);
    if (below.length > 0) found = [...found, ...below.map((path) => [key, ...path])];
  }
  return found;
}

const unstorable = (node: unknown) => new StoreMisuse(`a ${typeof node} that would not come back equal`);

/** Follows own properties only: `JSON.parse` makes `__proto__` an own property like any other. */
function withDate(root: unknown, path: Path): unknown {
  const last = path.at(-1);
  if (last === undefined) return new Date(root as string);
  let node = root as Record<string, unknown>;
  for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
  node[last] = new Date(node[last] as string);
  return root;
}
