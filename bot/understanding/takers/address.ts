import type { Word } from '../words';

const ADDRESS = /^https?:\/\//i;
/** `docs.msp.example`, perhaps with a port and a path behind it. */
const HOST = /^((?:[\w-]+\.)+[a-z][\w-]*(?::\d+)?)(?:[/?#]\S*)?$/i;

/** The host that the word is, or to which it is an address. A name before the host makes it none. */
export function hostIn({ said }: Word): string | undefined {
  if (!ADDRESS.test(said)) return HOST.exec(said)?.[1]?.toLowerCase();
  const url = URL.canParse(said) ? new URL(said) : undefined;
  return url && !url.username && !url.password ? url.host : undefined;
}

/** The text is a pasted web address and nothing else. */
export const isAddress = ([only, ...others]: readonly Word[]): boolean =>
  only !== undefined && others.length === 0 && ADDRESS.test(only.said) && hostIn(only) !== undefined;
