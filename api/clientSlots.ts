import type { HttpRequest } from '../domain/http';

export interface ClientSlot {
  /** Aborted when another client took the slot. */
  lost: AbortSignal;
  leave(): void;
}

/**
 * Slots for requests that last: `most` at a time, `mostOfOne` of them behind one address. A request takes its
 * slot before it waits for anything. The slot is free again when the request leaves it or its connection
 * ends. When all are taken, a client with fewer slots takes the newest slot of the address that has most: so
 * a few addresses cannot keep the others out, and the least work is lost. Returns false when no slot is free.
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
    // If the other had just one more, the two would only take the slot from each other in turn.
    if (most.size <= mine + 1) return false;
    [...most].at(-1)?.();
    return true;
  }
}

const left: ClientSlot = { lost: AbortSignal.abort(), leave: () => undefined };
