import type { Key, ListQuery, Stored } from '../../../../domain/ports';
import { idOf, numbers, type Subject, type Value } from './subject';

/** Lists are complete, in order and stable. Only declared keys and plain values can be used in a query. */
export function queriesContract({ def, make, store, insert }: Subject): void {
  test.each([undefined, ...Object.keys(def.keys)])(
    'pages are complete and in order while others insert, in both directions: by %s',
    async (key) => {
      for (const n of numbers(0, 23)) await insert(n * 10);
      for (const descending of key ? [false, true] : [false]) {
        const sort = key === undefined ? undefined : { key, descending };
        const seen = await everyPage({ sort, limit: 5 }, (page) => insert(page * 10 + (descending ? 7 : 3)));
        const early = seen.filter((id) => numbers(0, 23).some((n) => idOf(n * 10) === id));
        expect(early).toEqual(
          inOrder(
            key,
            descending,
            numbers(0, 23).map((n) => n * 10),
          ),
        );
        expect(new Set(seen).size).toBe(seen.length);
      }
    },
    20_000,
  );

  test('equality, range and literal containment select, and count agrees', async () => {
    for (const n of numbers(0, 12)) await insert(n);
    const all = (await store().list({ limit: 1000 })).items;
    for (const [key, read] of Object.entries(def.keys)) {
      const pivot = read(make(6));
      if (pivot === undefined) continue;
      await agrees(all, { where: { [key]: pivot } }, (value) => read(value) === pivot);
      await agrees(all, { range: { key, from: pivot } }, (value) => (read(value) ?? -1) >= pivot);
      await agrees(all, { range: { key, to: pivot } }, (value) => (read(value) ?? pivot) < pivot);
      if (typeof pivot !== 'string') continue;
      await agrees(all, { contains: { key, text: pivot.slice(2) } }, (value) =>
        String(read(value)).includes(pivot.slice(2)),
      );
      for (const text of ['.*', '%', '_', '[a-z]', '\\', '$', '^', '(', "' OR 1=1 --"])
        await agrees(all, { contains: { key, text } }, (value) => String(read(value)).includes(text));
    }
    expect(await store().count()).toBe(12);
  });

  test('no value from outside becomes a query', async () => {
    const hostile = JSON.parse('{"__proto__":1}');
    const saved = await insert(1);
    const bad = ['toString', '__proto__', '$where', 'value', 'body', 'k.x', '"; DROP TABLE x; --', '_id'];
    for (const key of bad) {
      const misuse = { name: 'StoreMisuse' };
      await expect(store().find(key, 'x')).rejects.toMatchObject(misuse);
      await expect(store().list({ where: { ...hostile, [key]: 1 }, limit: 1 })).rejects.toMatchObject(misuse);
      await expect(store().list({ sort: { key }, limit: 1 })).rejects.toMatchObject(misuse);
      await expect(store().count({ range: { key, from: 1 } })).rejects.toMatchObject(misuse);
      await expect(store().count({ contains: { key, text: '' } })).rejects.toMatchObject(misuse);
    }
    const operator = { $gt: '' } as unknown as string;
    await expect(store().get(operator)).rejects.toMatchObject({ name: 'StoreMisuse' });
    await expect(store().remove(operator)).rejects.toMatchObject({ name: 'StoreMisuse' });
    for (const key of Object.keys(def.unique))
      await expect(store().find(key, operator)).rejects.toMatchObject({ name: 'StoreMisuse' });
    for (const key of Object.keys(def.keys))
      await expect(store().count({ where: { [key]: operator } })).rejects.toMatchObject({
        name: 'StoreMisuse',
      });
    for (const after of ['', 'x', 'bnVsbA', Buffer.from('["+x",{"$gt":""},"a"]').toString('base64url')])
      await expect(store().list({ after, limit: 1 })).rejects.toMatchObject({ code: 'invalidInput' });
    for (const id of ['a\0b', '\ud800'])
      await expect(store().get(id)).rejects.toMatchObject({ code: 'invalidInput' });
    for (const limit of [0, 1001, 1.5, Number.NaN])
      await expect(store().list({ limit })).rejects.toMatchObject({ name: 'StoreMisuse' });
    for (const id of ['__proto__', "'; --", '$where', 'a.b', ' ', '漢字'])
      expect(await store().get(id)).toBeUndefined();
    expect(await store().get(idOf(1))).toEqual(saved);
  });

  async function everyPage(
    query: ListQuery<string>,
    between: (page: number) => Promise<unknown>,
  ): Promise<string[]> {
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; ; page++) {
      const { items, next } = await store(page).list({ ...query, after });
      seen.push(...items.map(({ id }) => id));
      if (next === undefined) return seen;
      expect(items).toHaveLength(query.limit);
      await between(page);
      after = next;
    }
  }

  function inOrder(key: string | undefined, descending: boolean, from: number[]): string[] {
    const read = key === undefined ? () => 0 : def.keys[key];
    const rows = from.flatMap((n) => {
      const value = read?.(make(n));
      return value === undefined ? [] : [{ value, id: idOf(n) }];
    });
    const compare = (a: Key, b: Key) => (a < b ? -1 : a > b ? 1 : 0);
    const sorted = rows.toSorted((a, b) => compare(a.value, b.value) || compare(a.id, b.id));
    return (descending ? sorted.toReversed() : sorted).map(({ id }) => id);
  }

  async function agrees(
    all: Stored<Value>[],
    query: Omit<ListQuery<string>, 'limit'>,
    fits: (value: Value) => boolean,
  ) {
    const expected = all.filter(({ value }) => fits(value));
    expect((await store().list({ ...query, limit: 1000 })).items).toEqual(expected);
    expect(await store().count(query)).toBe(expected.length);
  }
}
