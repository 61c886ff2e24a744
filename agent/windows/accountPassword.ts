const KINDS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#$%*+-=?@_'];
const ALL = KINDS.join('');
const LENGTH = 40;

/** Returns a number 0 <= n < `below` that nobody can guess. */
export type RandomInt = (below: number) => number;

/**
 * A password that nobody types: 40 characters, with some of every kind that a domain's policy may require.
 */
export function accountPassword(randomInt: RandomInt): string {
  const oneOf = (characters: string) => characters.charAt(randomInt(characters.length));
  const first = KINDS.map(oneOf);
  return [...first, ...Array.from({ length: LENGTH - first.length }, () => oneOf(ALL))].join('');
}
