import type { Lexicon, Phrase } from './lexicon';
import { beforePoliteness } from './polite';
import { startsWith, type Word } from './words';

/** A text as one phrase, and the words beside it. */
export interface Reading {
  phrase: Phrase;
  rest: Word[];
}

/**
 * “add customer Contoso”, “add Contoso as a customer”: the phrase begins the text. Those that leave the
 * fewest words come first.
 */
export function leading(words: readonly Word[], lexicon: Lexicon): Reading[] {
  const ended = beforePoliteness(words, lexicon);
  const readings = lexicon.phrases.flatMap((phrase) => {
    const said = phrase.tail.length > 0 ? ended : words;
    const from = phrase.head.length > 0 ? endOf(phrase.head, said, lexicon.filler) : undefined;
    const to = said.length - phrase.tail.length;
    const fits = from !== undefined && to >= from && startsWith(said.slice(to), phrase.tail);
    return fits ? [{ phrase, rest: said.slice(from, to) }] : [];
  });
  return readings.sort((a, b) => a.rest.length - b.rest.length);
}

/** “Contoso agents”, “Contoso umbenennen in Fabrikam”: words stand before the phrase. */
export const following = (words: readonly Word[], { phrases }: Lexicon): Reading[] =>
  phrases.flatMap((phrase) => {
    const all = [...phrase.head, ...phrase.tail];
    if (phrase.head.length > 0 && phrase.tail.length > 0) return [];
    const at = words.findIndex((_, index) => index > 0 && startsWith(words.slice(index), all));
    if (at < 0) return [];
    const behind = words.slice(at + all.length);
    const ends = behind.length === 0 || phrase.to.has(behind[0]?.plain ?? '');
    return ends ? [{ phrase, rest: [...words.slice(0, at), ...behind] }] : [];
  });

/** Where the head ends in the words. Filler may stand between its words: “add a new customer”. */
function endOf(
  head: readonly string[],
  words: readonly Word[],
  filler: ReadonlySet<string>,
): number | undefined {
  let at = 0;
  for (const [index, plain] of head.entries()) {
    while (index > 0 && words[at]?.plain !== plain && filler.has(words[at]?.plain ?? '')) at += 1;
    if (words[at]?.plain !== plain) return undefined;
    at += 1;
  }
  return at;
}
