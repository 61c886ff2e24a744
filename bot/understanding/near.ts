import { distance } from 'fastest-levenshtein';
import type { Lexicon } from './lexicon';
import { afterPoliteness } from './polite';
import { wordsOf } from './words';

/** A mistake in so many letters of a phrase at most: one of four. */
const TOLERATED = 1 / 4;

/**
 * The forms whose phrase the text begins with but for a typing mistake, the nearest first. Only forms of
 * `offered` count.
 */
export function nearForms(
  text: string,
  { lexicon, offered }: { lexicon: Lexicon; offered: ReadonlySet<string> },
): string[] {
  const said = afterPoliteness(wordsOf(text.slice(0, 100)), lexicon).map(({ plain }) => plain);
  const near = lexicon.phrases
    .filter(({ form, tail }) => offered.has(form) && tail.length === 0)
    .map(({ form, head }) => ({ form, far: farFrom(head.join(' '), said.slice(0, head.length).join(' ')) }))
    .filter(({ far }) => far <= TOLERATED)
    .sort((a, b) => a.far - b.far);
  return [...new Set(near.map(({ form }) => form))];
}

/** How far two texts are apart, in parts of their length; two letters that changed places are one mistake. */
function farFrom(phrase: string, said: string): number {
  const mistakes = sorted(phrase) === sorted(said) && phrase.length > 2 ? 1 : distance(phrase, said);
  return mistakes / phrase.length;
}

const sorted = (text: string): string => [...text].sort().join('');
