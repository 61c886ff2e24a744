import type { Word } from '../words';

/** `docs.msp.example`, also with https:// before it and a path behind it. */
const HOST = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z][\w-]*(?::\d+)?)(?:[/?#]\S*)?$/i;

/** The host that the word is, or to which it is an address. */
export const hostIn = ({ said }: Word): string | undefined => HOST.exec(said)?.[1]?.toLowerCase();

/** The text is a pasted web address and nothing else. */
export const isAddress = ([only, ...others]: readonly Word[]): boolean =>
  only !== undefined && others.length === 0 && /^https?:/i.test(only.said) && hostIn(only) !== undefined;
