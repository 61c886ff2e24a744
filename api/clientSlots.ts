import type { HttpRequest } from '../domain/http';

export interface ClientSlot {
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
export function createClientSlots(most: number, mostOfOne: number) {
  const taken = new Map<string, Set<() => void>>();
  let all = 0;
  return (client: HttpRequest['client']): ClientSlot | false => {
    const { key, ended } = client ?? { key: '', ended: AbortSignal.abort() };
    const mine = taken.get(key)?.size ?? 0;
    if (mine >= mostOfOne || (all >= most && !madeRoomFor(mine))) return false;
    return ended.aborted ? left : slotOf(key, ended);
  };

  function slotOf(key: string, ended: AbortSignal): ClientSlot {
    const lost = new AbortController();
    const slots = taken.get(key) ?? new Set();
    const leave = () => {
      ended.removeEventListener('abort', leave);
      if (!slots.delete(lose)) return;
      all--;
      if (slots.size === 0) taken.delete(key);
    };
    const lose = () => {
      leave();
      lost.abort();
    };
    taken.set(key, slots.add(lose));
    all++;
    ended.addEventListener('abort', leave, { once: true });
    return { lost: lost.signal, leave };
  }

  function madeRoomFor(mine: number): boolean {
    let most = new Set<() => void>();
    for (const slots of taken.values()) if (slots.size > most.size) most = slots;
    // With one more each would only take it from the other in turn.
    if (most.size <= mine + 1) return false;
    [...most].at(-1)?.();
    return true;
  }
}

const left: ClientSlot = { lost: AbortSignal.abort(), leave: () => undefined };
