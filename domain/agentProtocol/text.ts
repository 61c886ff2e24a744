import { z } from 'zod';

/** NUL, where databases end a text, and halves of surrogate pairs, which are not characters. */
const UNSOUND = /[\0\p{Cs}]/gu;

/**
 * Text that every store and every program can keep. A character that they cannot keep becomes U+FFFD, so
 * that two names stay two.
 */
export const soundText = (value: string): string => value.replace(UNSOUND, '\ufffd');

/** At most `most` characters. If it cuts something, the last one is an ellipsis. */
const cutTo = (value: string, most: number): string =>
  value.length <= most ? value : `${soundText(value.slice(0, most - 1))}…`;

/** Words for people. It cuts text that is too long and never refuses it. */
export const words = (most: number) => z.string().transform((value) => cutTo(soundText(value), most));

/** A value that is useful only as a whole, such as an address: absent when it is too long or not a text. */
export const wholeText = (most: number) =>
  z.string().transform(soundText).pipe(z.string().max(most)).optional().catch(undefined);

/**
 * A distinguished name. If it is too long, it keeps the first part, which names the object, and as many of
 * the last parts as fit, which name its domain.
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
