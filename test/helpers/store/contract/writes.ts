import { DuplicateKey, VersionConflict } from '../../../../domain/errors';
import type { Key } from '../../../../domain/ports';
import { NOW } from '../storeSample';
import { idOf, numbers, type Subject, type Value } from './subject';

const fulfilled = <T>(results: PromiseSettledResult<T>[]) =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
const reasons = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));

/** One writer wins, and the others learn that. A stored value comes back equal. */
export function writesContract({ def, make, share, store, insert }: Subject): void {
  test('inserts, reads, replaces and removes a document, each version once', async () => {
    const first = await insert(1);
    expect(first).toEqual({ id: idOf(1), version: 1, value: make(1) });
    expect(await store(0).get(idOf(1))).toEqual(first);
    const second = await store().replace(first, make(2));
    expect(second).toEqual({ id: idOf(1), version: 2, value: make(2) });
    expect(await store(1).get(idOf(1))).toEqual(second);
    await expect(store().replace(first, make(3))).rejects.toThrow(VersionConflict);
    expect(await store().remove(idOf(1), 1)).toBe(false);
    expect(await store().remove(idOf(1), 2)).toBe(true);
    expect(await store().remove(idOf(1))).toBe(false);
    await expect(store().replace(second, make(3))).rejects.toThrow(VersionConflict);
    expect(await store().get(idOf(1))).toBeUndefined();
  });

  test('dates, unicode, nested arrays and strange field names come back equal', async () => {
    const odd = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
    const value = {
      ...make(1),
      when: new Date(NOW),
      deep: [[[], [new Date(0), { at: new Date(NOW + 1), 'a.b': { $set: new Date(5) } }]], null, 1.5, -7],
      text: 'Ünïcødé 漢字 👩‍👩‍👧 \u0000 \ud800 \u202e " \' \\ ; --',
      isoText: new Date(NOW).toISOString(),
      $where: 'x',
      'dotted.name': { $gt: '' },
      '': 'empty',
      odd,
    };
    await store().insert(idOf(1), value);
    const read = await store(1).get(idOf(1));
    expect(read?.value).toEqual(value);
    expect(read?.value.when).toBeInstanceOf(Date);
    expect(Object.keys((read?.value.odd ?? {}) as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Value).polluted).toBeUndefined();
  });

  test('50 concurrent inserts of one id leave one', async () => {
    const results = await Promise.allSettled(numbers(0, 50).map((n) => store(n).insert(idOf(0), make(n))));
    const [winner, ...others] = fulfilled(results);
    expect(others).toEqual([]);
    expect(reasons(results)).toHaveLength(49);
    for (const reason of reasons(results)) expect(reason).toMatchObject({ name: 'DuplicateKey', key: 'id' });
    expect(await store().get(idOf(0))).toEqual(winner);
  });

  test('the samples can share every unique key', () => {
    expect(Object.keys(share)).toEqual(Object.keys(def.unique));
  });

  for (const [key, same] of Object.entries(share))
    test(`50 concurrent inserts of one unique key leave one: ${key}`, async () => {
      const results = await Promise.allSettled(
        numbers(0, 50).map((n) => store(n).insert(idOf(n), same(make(n)))),
      );
      const [winner, ...others] = fulfilled(results);
      expect(others).toEqual([]);
      for (const reason of reasons(results)) expect(reason).toEqual(new DuplicateKey(def.name, key));
      expect(await store().count()).toBe(1);
      const value = def.unique[key]?.(same(make(0))) as Key;
      expect(await store().find(key, value)).toEqual(winner);
      const other = await insert(60);
      await expect(store().replace(other, same(other.value))).rejects.toEqual(
        new DuplicateKey(def.name, key),
      );
      expect(await store().get(other.id)).toEqual(other);
    });

  test('50 compare-and-sets of one version let one through', async () => {
    const first = await insert(0);
    const results = await Promise.allSettled(
      numbers(0, 50).map((n) => store(n).replace(first, { ...make(0), attempt: n })),
    );
    const [winner, ...others] = fulfilled(results);
    expect(others).toEqual([]);
    for (const reason of reasons(results)) expect(reason).toEqual(new VersionConflict(def.name, idOf(0)));
    expect(await store().get(idOf(0))).toEqual(winner);
  });
}
