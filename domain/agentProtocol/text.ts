import { z } from 'zod';

/** NUL, which databases end a text at, and halves of surrogate pairs, which are no character at all. */
const UNSOUND = /[\0\p{Cs}]/gu;

/**
 * Text that every store and every program can keep: what cannot be kept shows as U+FFFD, so that no two names
 * become one.
 */
export const soundText = (value: string): string => value.replace(UNSOUND, '\ufffd');

/** At most `most` characters, the last of them an ellipsis where something was cut. */
const cutTo = (value: string, most: number): string =>
  value.length <= most ? value : `${soundText(value.slice(0, most - 1))}…`;

/** Words for people: too long ones are cut, never refused. */
export const words = (most: number) => z.string().transform((value) => cutTo(soundText(value), most));

/** What is of use as a whole alone, such as an address: absent when it is too long or no text. */
export const wholeText = (most: number) =>
  z.string().transform(soundText).pipe(z.string().max(most)).optional().catch(undefined);

/**
 * A distinguished name. One that is too long keeps its first part, which names the object, and as many of its
 * last ones as there is room for, which tell its domain.
 */
export const distinguishedName = (most: number) =>
  z.string().transform((value) => cutName(soundText(value), most));

const FIRST_PART = 300;

function cutName(name: string, most: number): string {
  if (name.length <= most) return name;
  const first = cutTo(name.split(/(?<!\\),/, 1)[0] ?? '', FIRST_PART);
  const comma = /(?<!\\),/g;
  comma.lastIndex = name.length - (most - first.length - ',…'.length);
  const next = comma.exec(name);
  return `${first},…${next ? name.slice(next.index) : ''}`;
}
