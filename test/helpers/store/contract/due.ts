import { VersionConflict } from '../../../../domain/errors';
import type { Stored } from '../../../../domain/ports';
import { NOW } from '../storeSample';
import { idOf, numbers, type Subject, type Value } from './subject';

/** A due document goes to one worker, until its lease ends. */
export function dueContract({ def, make, store, insert }: Subject): void {
  const claim = (worker: number, now: number, limit = 3) => store(worker).claimDue(now, 1000, limit);

  test('gives each due document to one worker, the oldest first, and again after its lease', async () => {
    for (const n of numbers(0, 20).reverse()) await insert(n);
    const claimed: Stored<Value>[] = [];
    const worker = async (which: number): Promise<void> => {
      for (;;) {
        const batch = await claim(which, NOW + 14);
        if (batch.length === 0) return;
        const line = ({ value }: Stored<Value>) => def.line?.(value) ?? '';
        for (const name of new Set(batch.map(line))) {
          const ids = batch.filter((each) => line(each) === name).map(({ id }) => id);
          expect(ids).toEqual(ids.toSorted());
        }
        claimed.push(...batch);
      }
    };
    await Promise.all(numbers(0, 4).map(worker));
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(numbers(0, 15).map(idOf));
    expect(claimed.every(({ version }) => version === 2)).toBe(true);
    expect(await claim(0, NOW + 14 + 999, 100)).toHaveLength(5);
    const again = await claim(1, NOW + 14 + 1000, 100);
    expect(again.map(({ id }) => id).toSorted()).toEqual(numbers(0, 15).map(idOf));
    expect(again.every(({ version }) => version === 3)).toBe(true);
  });

  test('a claim counts as a change, and a replace ends the lease', async () => {
    const before = await insert(0);
    const [claimed] = await claim(0, NOW);
    if (!claimed) throw new TypeError('nothing was claimed');
    expect(claimed).toEqual({ ...before, version: 2 });
    expect(await store(1).get(before.id)).toEqual(claimed);
    await expect(store().replace(before, make(0))).rejects.toThrow(VersionConflict);
    expect(await claim(1, NOW + 10)).toEqual([]);
    await store().replace(claimed, make(5));
    expect(await claim(1, NOW + 4)).toEqual([]);
    expect((await claim(1, NOW + 5)).map(({ version }) => version)).toEqual([4]);
  });
}
