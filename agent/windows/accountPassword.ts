const KINDS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#$%*+-=?@_'];
const ALL = KINDS.join('');
const LENGTH = 40;

/** A number of 0 <= n < `below`, by nobody to be guessed. */
export type RandomInt = (below: number) => number;

/** For no person to type: 40 characters, some of every kind that a domain's policy may ask for. */
export function accountPassword(randomInt: RandomInt): string {
  const oneOf = (characters: string) => characters.charAt(randomInt(characters.length));
  const first = KINDS.map(oneOf);
  return [...first, ...Array.from({ length: LENGTH - first.length }, () => oneOf(ALL))].join('');
}
