import type { HttpRequest } from '../domain/http';

export interface Place {
  /** Aborted when the place went to somebody else. */
  lost: AbortSignal;
  leave(): void;
}

/**
 * Places for what lasts: `most` at a time, `mostOfOne` of them behind one address. One is taken before
 * anything is waited for, and is free again when it is left or when the connection ends, as soon as one of
 * these happens. When all are taken, who has fewer gets the latest place of the address that has most: a few
 * addresses cannot keep the others out, and least of what was done is lost. False: there is none.
 */
export function createPlaces(most: number, mostOfOne: number) {
  const taken = new Map<string, Set<() => void>>();
  let all = 0;
  return (client: HttpRequest['client']): Place | false => {
    const { key, ended } = client ?? { key: '', ended: AbortSignal.abort() };
    const mine = taken.get(key)?.size ?? 0;
    if (mine >= mostOfOne || (all >= most && !madeRoomFor(mine))) return false;
    return ended.aborted ? left : placeOf(key, ended);
  };

  function placeOf(key: string, ended: AbortSignal): Place {
    const lost = new AbortController();
    const places = taken.get(key) ?? new Set();
    const leave = () => {
      ended.removeEventListener('abort', leave);
      if (!places.delete(lose)) return;
      all--;
      if (places.size === 0) taken.delete(key);
    };
    const lose = () => {
      leave();
      lost.abort();
    };
    taken.set(key, places.add(lose));
    all++;
    ended.addEventListener('abort', leave, { once: true });
    return { lost: lost.signal, leave };
  }

  function madeRoomFor(mine: number): boolean {
    let most = new Set<() => void>();
    for (const places of taken.values()) if (places.size > most.size) most = places;
    // With one more each would only take it from the other in turn.
    if (most.size <= mine + 1) return false;
    [...most].at(-1)?.();
    return true;
  }
}

const left: Place = { lost: AbortSignal.abort(), leave: () => undefined };
