import type { Taker } from '../form';
import type { Lexicon } from '../lexicon';
import { beforePoliteness } from '../polite';
import { saidIn, startsWith, trimmed, type Word } from '../words';

/** All words as one text: what a list is searched for. */
export const textAs = (arg: string): Taker => ({
  take: async (words, { lexicon }) => ({
    args: { [arg]: saidIn(trimmed(beforePoliteness(words, lexicon), lexicon.around)) },
  }),
});

/** A name that nothing has yet. */
export const newNameAs = (arg: string): Taker => ({
  take: async (words, { lexicon }) => ({ args: { [arg]: newNameIn(words, lexicon) } }),
});

const QUOTED = /^["'“”„«»‘’](.+)["'“”„«»‘’]$/u;

/** The new name as typed, without “called” before it and without quotation marks. */
export function newNameIn(words: readonly Word[], lexicon: Lexicon): string {
  const named = beforePoliteness(words, lexicon);
  if (trimmed(named, lexicon.filler).length === 0) return '';
  const called = lexicon.called.find((phrase) => startsWith(named, phrase));
  const name = saidIn(named.slice(called?.length ?? 0)).replace(/[,;:]$/u, '');
  return QUOTED.exec(name)?.[1] ?? name;
}
