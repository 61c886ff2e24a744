import type { Ending } from './ending';

/** Reserves so many more bytes for a request; false when the budget is spent. */
export type BodyBudget = (bytes: number) => boolean;

/** At 512 KB a body, far more than one client has read at once; and the most for all clients together. */
const MOST_OF_ONE = 64 * 1024 * 1024;
const MOST = 256 * 1024 * 1024;

/**
 * Bounds the bytes of bodies in memory, of one client and of all: the bot reads bodies before it knows who
 * sends them.
 */
export function createBodyBudget(mostOfOne = MOST_OF_ONE, most = MOST) {
  const held = new Map<string, number>();
  let all = 0;
  /** The bytes of one request are released when it has ended. */
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
