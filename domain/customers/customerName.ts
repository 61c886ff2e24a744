import { invalidInput } from '../errors';
import { visibleText } from '../names/visibleText';

const SHORTEST = 2;
const LONGEST = 100;
/** Of a name as it is compared: some characters stand for whole words. */
const LONGEST_KEY = 300;
/** What is longer is compared by its beginning. */
const COMPARED = 400;
/** Control characters, bidirectional controls (they can make one name look like another), unpaired surrogates. */
const REFUSED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Nothing but printable ASCII, as most names are: those need none of what Unicode asks for, which is ten times as dear. */
export const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/** Without what nobody sees, which people paste without knowing and others put there on purpose. */
const trimmed = (entered: string): string => visibleText(entered).trim().replace(/\s+/gu, ' ');
const lengthOf = (name: string): number => (isAscii(name) ? name.length : [...name].length);

/** Why a customer cannot have this name; undefined for one that it can. */
export function nameFaultOf(entered: string): 'characters' | 'short' | 'long' | undefined {
  if (!isAscii(entered) && REFUSED.test(entered.trim())) return 'characters';
  const name = trimmed(entered);
  const length = lengthOf(name);
  const key = nameKeyOf(name);
  if (length < SHORTEST || lengthOf(key) < SHORTEST) return 'short';
  return length > LONGEST || key.length > LONGEST_KEY ? 'long' : undefined;
}

/**
 * A customer's name as it is kept: trimmed, runs of spaces folded to one.
 * Throws invalidInput with a sentence that says what to correct.
 */
export function parseCustomerName(entered: string): string {
  const fault = nameFaultOf(entered);
  const name = trimmed(entered);
  if (fault === 'characters')
    throw invalidInput(
      'A name cannot hold line breaks, control characters or text-direction marks. Please type it again.',
    );
  if (fault === 'short')
    throw invalidInput(
      `A customer's name needs at least ${SHORTEST} characters. Please type the company's name.`,
    );
  if (fault === 'long')
    throw invalidInput(
      `A customer's name can have at most ${LONGEST} characters; this one has ${writtenOut(name)}. Please shorten it.`,
    );
  return name;
}

/** How many characters it has, those counted in full that stand for whole words. */
export const writtenOut = (name: string): number =>
  Math.max(lengthOf(trimmed(name)), lengthOf(nameKeyOf(name)));

/** Equal for names that people would call the same: case, Unicode form, spaces and invisible characters make no difference. */
export function nameKeyOf(name: string): string {
  if (isAscii(name)) return trimmed(name.slice(0, COMPARED).toLowerCase());
  return name
    .slice(0, COMPARED)
    .normalize('NFKC')
    .slice(0, COMPARED)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, COMPARED);
}
