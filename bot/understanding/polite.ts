import type { Lexicon } from './lexicon';
import { startsWith, type Word } from './words';

/** Without the politeness before the request. */
export function afterPoliteness(words: readonly Word[], { polite }: Lexicon): Word[] {
  let rest = [...words];
  for (let found = first(rest); found; found = first(rest)) rest = rest.slice(found.length);
  return rest;

  function first(at: readonly Word[]) {
    return polite.find((phrase) => startsWith(at, phrase));
  }
}

/** Without the politeness behind it. A name may end with a capital “Please”. */
export function beforePoliteness(words: readonly Word[], { polite }: Lexicon): Word[] {
  let rest = [...words];
  for (let found = last(rest); found; found = last(rest)) rest = rest.slice(0, -found.length);
  return rest;

  function last(at: readonly Word[]) {
    return polite.find((phrase) => {
      const end = at.slice(-phrase.length);
      return startsWith(end, phrase) && end.every(({ said }) => said === said.toLowerCase());
    });
  }
}
