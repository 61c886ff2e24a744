import { LRUCache } from 'lru-cache';

const MOST = 1_000;
const LONGEST = 300;

/**
 * `of`, a pure function, with the answers that it lately gave: few texts come with nearly every request. Of made-up
 * ones it holds so many at most, and none that is longer than such a text can be.
 */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new LRUCache<string, { answer: T }>({
    max: MOST,
    memoMethod: (text) => ({ answer: of(text) }),
  });
  return (text) => (text.length > LONGEST ? of(text) : known.memo(text).answer);
}
