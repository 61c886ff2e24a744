import { nameKeyOf } from './customerName';

/** The words of a name as people type them: without case, accents and punctuation. */
export const nameWordsOf = (name: string): string[] =>
  nameKeyOf(name)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** One text that contains ` fab` for each name with a word that begins with “fab”. */
export const wordsKeyOf = (name: string): string => ` ${nameWordsOf(name).join(' ')}`;
