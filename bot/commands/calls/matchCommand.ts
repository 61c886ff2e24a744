import { distance } from 'fastest-levenshtein';
import type { Actor } from '../../../domain/people/person';
import type { Command } from '../../appDeps';
import { mayRun } from '../command';

const wordsOf = (text: string): string[] => text.trim().split(/\s+/u).filter(Boolean);
const plainWord = (word: string): string =>
  word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || word;
const phrasesOf = ({ title, also }: Command): string[] => [title, ...also];

interface Phrase {
  command: Command;
  words: string[];
}

const phrases = new WeakMap<readonly Command[], Phrase[]>();

/** All phrases of the commands, the longest first; split and sorted once. */
function longestFirst(commands: readonly Command[]): Phrase[] {
  const known = phrases.get(commands);
  if (known) return known;
  const all = commands
    .flatMap((command) => phrasesOf(command).map((phrase) => ({ command, words: phrase.split(' ') })))
    .sort((a, b) => b.words.length - a.words.length);
  phrases.set(commands, all);
  return all;
}

/**
 * The command that the text begins with, ignoring case, spaces and punctuation, and the words behind it as
 * typed. The longest phrase wins: 'rename customer x' is not 'rename'.
 */
export function matchCommand(
  commands: readonly Command[],
  text: string,
): { command: Command; rest: string } | undefined {
  const words = wordsOf(text);
  const said = words.map(plainWord);
  const best = longestFirst(commands).find(({ words: phrase }) =>
    phrase.every((word, index) => said[index] === word),
  );
  return best && { command: best.command, rest: words.slice(best.words.length).join(' ') };
}

/** The two listed commands most similar to the typed text, of those that this person may use. */
export function nearestCommands(
  commands: readonly Command[],
  text: string,
  actor: Pick<Actor, 'permissions'>,
): Command[] {
  const said = wordsOf(text.slice(0, 60)).map(plainWord).join(' ');
  const far = (command: Command) =>
    Math.min(...phrasesOf(command).map((phrase) => distance(said, phrase) / phrase.length));
  return commands
    .filter((command) => (command.listed || command.group) && mayRun(actor, command))
    .map((command) => ({ command, far: far(command) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 2)
    .map(({ command }) => command);
}
