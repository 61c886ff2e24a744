import { complete } from './makeOrganizations';
import type { SandboxOrganization } from './organization';

/**
 * Ways in which a list never ends. `repeats`: every page equals the first one. `invents`: after the last
 * organization there is always another. `emptyNext`: the pages after the end are empty and still name a next
 * one (only IT Glue names a next page).
 */
export type Endless = 'repeats' | 'invents' | 'emptyNext';

export interface Page {
  /** Counted from 1. */
  number: number;
  size: number;
}

/** One page of the list. A page of an endless list is always full. */
export function rowsOf(
  list: readonly SandboxOrganization[],
  { number, size }: Page,
  endless?: Endless,
): SandboxOrganization[] {
  const from = (number - 1) * size;
  const whole = Array.from({ length: size }, (_, index) => index);
  if (endless === 'repeats') return whole.flatMap((index) => list[index % list.length] ?? []);
  if (endless === 'invents') return whole.map((index) => list[from + index] ?? invented(from + index));
  return list.slice(from, from + size);
}

const invented = (index: number): SandboxOrganization => ({
  ...complete({ name: `Without End ${index}` }, index),
  id: 900_000_000 + index,
});

/** The whole number of 1 or more in a query; undefined for any other value. */
export function countOf(given: string | null, otherwise: number): number | undefined {
  if (given === null) return otherwise;
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined;
}
