import type { Role } from '../../domain/people/person';
import { type Language, phrasesIn } from './language';
import { MENTION, plainOf } from './words';

/** A phrase for a form: its words before and behind those that it takes. */
export interface Phrase {
  form: string;
  head: string[];
  tail: string[];
  /** Words before a new name, in the language of the phrase. */
  to: ReadonlySet<string>;
}

/** Several languages as one: everybody may type in any of them. */
export interface Lexicon {
  /** Those of the most words first. */
  phrases: Phrase[];
  polite: string[][];
  filler: ReadonlySet<string>;
  /** What may stand around a customer’s name: filler, “of”. */
  around: ReadonlySet<string>;
  called: string[][];
  roles: ReadonlyMap<string, Role>;
}

export function lexiconOf(languages: readonly Language[]): Lexicon {
  const filler = plain(languages.map((language) => language.filler));
  const of = plain(languages.map((language) => language.of));
  return {
    phrases: longestFirst(languages.flatMap(phrasesOf), ({ head, tail }) => head.length + tail.length),
    polite: phraseWordsOf(languages.map(({ polite }) => polite)),
    filler,
    around: new Set([...filler, ...of]),
    called: phraseWordsOf(languages.map(({ called }) => called)),
    roles: new Map(languages.flatMap(({ roles }) => Object.entries(roles))),
  };
}

function phrasesOf({ phrases, to }: Language): Phrase[] {
  const before = plain([to]);
  return Object.entries(phrases).flatMap(([form, texts]) =>
    phrasesIn(texts).map((text) => {
      const [head = '', tail = ''] = text.split('…');
      return { form, head: wordsIn(head), tail: wordsIn(tail), to: before };
    }),
  );
}

const plain = (lists: readonly string[]): ReadonlySet<string> => new Set(lists.flatMap(wordsIn));

const phraseWordsOf = (lists: readonly string[]): string[][] =>
  longestFirst(lists.flatMap(phrasesIn).map(wordsIn), ({ length }) => length);

const longestFirst = <Item>(items: Item[], length: (item: Item) => number): Item[] =>
  items.sort((a, b) => length(b) - length(a));

const wordsIn = (phrase: string): string[] =>
  phrase
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (word === '@' ? MENTION : plainOf(word)));
