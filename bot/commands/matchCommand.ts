import { distance } from 'fastest-levenshtein';
import type { Actor } from '../../domain/people/person';
import type { Command } from './command';

const wordsOf = (text: string): string[] => text.trim().split(/\s+/u).filter(Boolean);
const plainWord = (word: string): string =>
  word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || word;
const phrases = new WeakMap<Command, string[][]>();

/** The words of all ways to say a command, split once. */
function phrasesOf(command: Command): string[][] {
  const known = phrases.get(command) ?? [command.title, ...command.also].map((phrase) => phrase.split(' '));
  phrases.set(command, known);
  return known;
}

/**
 * The command that the text begins with, forgiving in case, spaces and punctuation, and the words behind it as they
 * were typed. The longest phrase wins: 'rename customer x' is not 'rename'.
 */
export function matchCommand(
  commands: readonly Command[],
  text: string,
): { command: Command; rest: string } | undefined {
  const words = wordsOf(text);
  const said = words.map(plainWord);
  const matches = commands.flatMap((command) =>
    phrasesOf(command)
      .filter((phrase) => phrase.every((word, index) => said[index] === word))
      .map((phrase) => ({ command, length: phrase.length })),
  );
  const best = matches.sort((a, b) => b.length - a.length)[0];
  return best && { command: best.command, rest: words.slice(best.length).join(' ') };
}

/** The two listed commands that look most like what was typed, of those that this person may use. */
export function nearestCommands(
  commands: readonly Command[],
  text: string,
  { permissions }: Pick<Actor, 'permissions'>,
): Command[] {
  const said = wordsOf(text.slice(0, 60)).map(plainWord).join(' ');
  const far = (command: Command) =>
    Math.min(
      ...phrasesOf(command).map((phrase) => distance(said, phrase.join(' ')) / phrase.join(' ').length),
    );
  return commands
    .filter(({ listed, permission }) => listed && (!permission || permissions.has(permission)))
    .map((command) => ({ command, far: far(command) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 2)
    .map(({ command }) => command);
}
