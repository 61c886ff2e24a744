import { invalidInput } from '../errors';

const SHORTEST = 2;
const LONGEST = 100;
/** Control characters, bidirectional controls (they can make one name look like another), unpaired surrogates. */
const REFUSED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Nothing but printable ASCII, as most names are: those need none of what Unicode asks for, which is ten times as dear. */
export const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

const trimmed = (entered: string): string => entered.trim().replace(/\s+/gu, ' ');
const lengthOf = (name: string): number => (isAscii(name) ? name.length : [...name].length);

/** Why a customer cannot have this name; undefined for one that it can. */
export function nameFaultOf(entered: string): 'characters' | 'short' | 'long' | undefined {
  if (!isAscii(entered) && REFUSED.test(entered.trim())) return 'characters';
  const name = trimmed(entered);
  const length = lengthOf(name);
  if (length < SHORTEST || lengthOf(nameKeyOf(name)) < SHORTEST) return 'short';
  return length > LONGEST ? 'long' : undefined;
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
      `A customer's name can have at most ${LONGEST} characters; this one has ${lengthOf(name)}. Please shorten it.`,
    );
  return name;
}

/** Equal for names that people would call the same: case, Unicode form, spaces and invisible characters make no difference. */
export function nameKeyOf(name: string): string {
  if (isAscii(name)) return trimmed(name.toLowerCase());
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}
