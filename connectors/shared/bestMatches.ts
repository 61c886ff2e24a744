import { nameKeyOf } from '../../domain/customers/customerName';
import type { Organization } from '../../domain/organizations/organization';

/** The form for comparison: case, accents, punctuation and spaces make no difference. */
const keyOf = (name: string): string =>
  nameKeyOf(name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();

/**
 * The organizations whose names contain every typed word, the best first: the same name, then names that
 * begin with it, then names with a word that begins with it, then any others; shorter names before longer
 * ones.
 */
export function bestMatches(text: string, found: readonly Organization[], limit: number): Organization[] {
  const typed = keyOf(text);
  const words = typed.split(' ').filter(Boolean);
  return found
    .map((organization) => ({ organization, name: keyOf(organization.name) }))
    .filter(({ name }) => words.length > 0 && words.every((word) => name.includes(word)))
    .map((match) => ({ ...match, distance: distanceOf(match.name, typed) }))
    .sort((a, b) => a.distance - b.distance || a.name.length - b.name.length)
    .slice(0, limit)
    .map(({ organization }) => organization);
}

function distanceOf(name: string, typed: string): number {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (name.includes(` ${typed}`)) return 2;
  return name.includes(typed) ? 3 : 4;
}
