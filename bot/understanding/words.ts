/** One word: as it was typed, and as phrases are compared with it. */
export interface Word {
  said: string;
  plain: string;
}

/** The plain form of a mention; nobody can type it. */
export const MENTION = '\u0000mention';

const TOKEN = /<at\b[^<>]*>[^<]*<\/at>|\S+/giu;
const MENTIONED = /^<at\b[^<>]*>([^<]*)<\/at>$/iu;
const OUTSIDE = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** The words of a text. A mention is one word: the person’s name. */
export const wordsOf = (text: string): Word[] => (text.match(TOKEN) ?? []).map(wordOf);

function wordOf(token: string): Word {
  const name = MENTIONED.exec(token)?.[1];
  return name === undefined ? { said: token, plain: plainOf(token) } : { said: name, plain: MENTION };
}

/** Without case, accents, and punctuation around it. */
export function plainOf(token: string): string {
  const folded = token
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toUpperCase()
    .toLowerCase();
  return folded.replace(OUTSIDE, '') || folded;
}

/** What was typed, from its words. */
export const saidIn = (words: readonly Word[]): string => words.map(({ said }) => said).join(' ');

export const startsWith = (words: readonly Word[], phrase: readonly string[]): boolean =>
  words.length >= phrase.length && phrase.every((plain, index) => words[index]?.plain === plain);

/** Without these words at both ends. */
export function trimmed(words: readonly Word[], drop: ReadonlySet<string>): Word[] {
  const first = words.findIndex(({ plain }) => !drop.has(plain));
  const last = words.findLastIndex(({ plain }) => !drop.has(plain));
  return first < 0 ? [] : words.slice(first, last + 1);
}
