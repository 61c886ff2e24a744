import { invalidInput } from '../errors';

const SHORTEST = 2;
const LONGEST = 100;
/** Control characters, bidirectional controls (they can make one name look like another), unpaired surrogates. */
const REFUSED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A customer's name as it is kept: trimmed, runs of spaces folded to one.
 * Throws invalidInput with a sentence that says what to correct.
 */
export function parseCustomerName(entered: string): string {
  if (REFUSED.test(entered.trim()))
    throw invalidInput(
      'A name cannot hold line breaks, control characters or text-direction marks. Please type it again.',
    );
  const name = entered.trim().replace(/\s+/gu, ' ');
  const length = [...name].length;
  if (length < SHORTEST || [...nameKeyOf(name)].length < SHORTEST)
    throw invalidInput(
      `A customer's name needs at least ${SHORTEST} characters. Please type the company's name.`,
    );
  if (length > LONGEST)
    throw invalidInput(
      `A customer's name can have at most ${LONGEST} characters; this one has ${length}. Please shorten it.`,
    );
  return name;
}

/** Equal for names that people would call the same: case, Unicode form, spaces and invisible characters make no difference. */
export function nameKeyOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}
