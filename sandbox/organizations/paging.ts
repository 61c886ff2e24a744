import { complete } from './makeOrganizations';
import type { SandboxOrganization } from './organization';

/**
 * How a list never ends: `repeats`: every page is the first one again; `invents`: behind the last organization comes
 * always another; `emptyNext`: behind the end the pages are empty and still name a next one (IT Glue alone names one).
 */
export type Endless = 'repeats' | 'invents' | 'emptyNext';

export interface Page {
  /** From 1. */
  number: number;
  size: number;
}

/** One page of the list; an endless one is full whatever the list holds. */
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

/** The whole number of 1 or more that a query holds; undefined when it is something else. */
export function countOf(given: string | null, otherwise: number): number | undefined {
  if (given === null) return otherwise;
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined;
}
