import type { Ending } from './ending';

/** Takes room for so many bytes more of a request; false when there is none. */
export type BodyBudget = (bytes: number) => boolean;

/**
 * At 512 KB a body, far more than who sends what is read at once; and what all of them may take of the
 * process.
 */
const MOST_OF_ONE = 64 * 1024 * 1024;
const MOST = 256 * 1024 * 1024;

/**
 * Keeps what is held of bodies within bounds, of one client and of all: they are read before it is known who
 * sends them.
 */
export function createBodyBudget(mostOfOne = MOST_OF_ONE, most = MOST) {
  const held = new Map<string, number>();
  let all = 0;
  /** The room that one request takes is given back when it has ended. */
  return (key: string, ending: Pick<Ending, 'isOver' | 'onEnd'>): BodyBudget => {
    let mine = 0;
    const add = (bytes: number) => {
      mine += bytes;
      all += bytes;
      const ofOne = (held.get(key) ?? 0) + bytes;
      if (ofOne > 0) held.set(key, ofOne);
      else held.delete(key);
    };
    return (bytes) => {
      if (ending.isOver() || all + bytes > most || (held.get(key) ?? 0) + bytes > mostOfOne) return false;
      if (mine === 0) ending.onEnd(() => add(-mine));
      add(bytes);
      return true;
    };
  };
}
