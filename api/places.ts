import type { HttpRequest } from '../domain/http';

/**
 * Places for what lasts: `most` at a time, `mostOfOne` of them behind one address. One is taken before
 * anything is waited for, and is free again when it is left or when the connection ends, as soon as one of
 * these happens. False: there is none.
 */
export function createPlaces(most: number, mostOfOne: number) {
  const taken = new Map<string, number>();
  let all = 0;
  return (client: HttpRequest['client']): (() => void) | false => {
    const { key, ended } = client ?? { key: '', ended: AbortSignal.abort() };
    const ofOne = taken.get(key) ?? 0;
    if (all >= most || ofOne >= mostOfOne) return false;
    let left = ended.aborted;
    const count = (by: 1 | -1) => {
      all += by;
      const now = (taken.get(key) ?? 0) + by;
      if (now > 0) taken.set(key, now);
      else taken.delete(key);
    };
    const leave = () => {
      if (!left) count(-1);
      left = true;
      ended.removeEventListener('abort', leave);
    };
    if (!left) count(1);
    ended.addEventListener('abort', leave, { once: true });
    return leave;
  };
}
