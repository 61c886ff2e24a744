import { invalidInput } from '../errors';
import { visibleText } from '../names/visibleText';

const SHORTEST = 2;
const LONGEST = 100;
/** The most characters of a name's key: some characters stand for whole words. */
const LONGEST_KEY = 300;
/** Of a longer name we compare only the beginning. */
const COMPARED = 400;
/**
 * Control characters, bidirectional controls (they can make one name look like another), unpaired surrogates.
 */
const REFUSED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * True for printable ASCII, as most names are: these need none of Unicode's rules, which cost ten
 * times as much.
 */
export const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/** Drops characters that nobody sees: people paste them by accident, or put them there on purpose. */
const trimmed = (entered: string): string => visibleText(entered).trim().replace(/\s+/gu, ' ');
const lengthOf = (name: string): number => (isAscii(name) ? name.length : [...name].length);

/** Says why a customer cannot have this name; undefined for a good name. */
export function nameFaultOf(entered: string): 'characters' | 'short' | 'long' | undefined {
  if (!isAscii(entered) && REFUSED.test(entered.trim())) return 'characters';
  const name = trimmed(entered);
  const length = lengthOf(name);
  const key = nameKeyOf(name);
  if (length < SHORTEST || lengthOf(key) < SHORTEST) return 'short';
  return length > LONGEST || key.length > LONGEST_KEY ? 'long' : undefined;
}

/**
 * Returns the name as we keep it: trimmed, runs of spaces folded to one. Throws invalidInput with a sentence
 * that says what to correct.
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

/** Counts a name's characters; a character that stands for whole words counts in full. */
export const writtenOut = (name: string): number =>
  Math.max(lengthOf(trimmed(name)), lengthOf(nameKeyOf(name)));

/**
 * Equal for names that people would call the same: case, Unicode form, spaces and invisible characters
 * do not count.
 */
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
