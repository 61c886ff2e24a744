import { DuplicateKey, VersionConflict } from '../../domain/errors';
import type { Key, ListQuery, Store, Stored, Stores } from '../../domain/ports';
import { storesOf } from '../../storage/collections';
import type { CollectionDef } from '../../storage/collections/collectionDef';
import { describeWith } from '../helpers/parts';
import { type World, worldKinds } from '../helpers/storageWorlds';
import { NOW, samples } from '../helpers/storeSamples';

type Value = Record<string, unknown>;
type Sample = { make(n: number): Value; share: Record<string, (value: Value) => Value> };

const defs: CollectionDef<Value>[] = [];
storesOf(<T>(def: CollectionDef<T>) => {
  defs.push(def as unknown as CollectionDef<Value>);
  return {} as Store<T>;
});

const idOf = (n: number) => `document-${String(n).padStart(5, '0')}`;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const fulfilled = <T>(results: PromiseSettledResult<T>[]) =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
const reasons = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));

for (const kind of worldKinds)
  describeWith(kind, `the store on ${kind.name}`, () => {
    let world: World;
    let instances: Stores[];
    const sweeps: ((now: number) => Promise<void>)[] = [];

    beforeAll(async () => {
      world = await kind.make();
      const opened = [await world.open(), await world.open()];
      instances = opened.map((storage) => storage.stores);
      sweeps.push(...opened.map((storage) => storage.sweep));
    }, 60_000);
    afterAll(() => world.close(), 30_000);

    for (const def of defs) describe(def.name, () => contract(def));

    function contract(def: CollectionDef<Value>) {
      const { make, share } = samples[def.name as keyof Stores] as unknown as Sample;
      /** The same collection through one of two connections, as two instances of the bot have it. */
      const store = (n = 0) => instances[n % 2]?.[def.name as keyof Stores] as unknown as Store<Value>;
      const insert = (n: number) => store(n).insert(idOf(n), make(n));

      afterEach(async () => {
        world.clock.time = NOW;
        for (;;) {
          const { items } = await store().list({ limit: 1000 });
          if (items.length === 0) break;
          for (const { id } of items) await store().remove(id);
        }
        await sweeps[0]?.(Number.MAX_SAFE_INTEGER);
      }, 30_000);

      test('a document is inserted, read, replaced and removed, each version once', async () => {
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
        const results = await Promise.allSettled(
          numbers(0, 50).map((n) => store(n).insert(idOf(0), make(n))),
        );
        const [winner, ...others] = fulfilled(results);
        expect(others).toEqual([]);
        expect(reasons(results)).toHaveLength(49);
        for (const reason of reasons(results))
          expect(reason).toMatchObject({ name: 'DuplicateKey', key: 'id' });
        expect(await store().get(idOf(0))).toEqual(winner);
      });

      test.each([...Object.keys(def.unique), ...(Object.keys(def.unique).length ? [] : ['(none declared)'])])(
        '50 concurrent inserts of one unique key leave one: %s',
        async (key) => {
          const same = share[key];
          expect(same === undefined).toBe(!Object.hasOwn(def.unique, key));
          if (!same) return;
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
        },
      );

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

      test.each([undefined, ...Object.keys(def.keys)])(
        'pages are whole and in order while others insert, both ways: by %s',
        async (key) => {
          for (const n of numbers(0, 23)) await insert(n * 10);
          for (const descending of key ? [false, true] : [false]) {
            const sort = key === undefined ? undefined : { key, descending };
            const seen = await everyPage({ sort, limit: 5 }, (page) =>
              insert(page * 10 + (descending ? 7 : 3)),
            );
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

      test('nothing from outside becomes a query', async () => {
        const saved = await insert(1);
        const bad = ['toString', '__proto__', '$where', 'value', 'body', 'k.x', '"; DROP TABLE x; --', '_id'];
        for (const key of bad) {
          const misuse = { name: 'StoreMisuse' };
          await expect(store().find(key, 'x')).rejects.toMatchObject(misuse);
          await expect(
            store().list({ where: { ['__proto__x']: 1, [key]: 1 }, limit: 1 }),
          ).rejects.toMatchObject(misuse);
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

      if (def.due) dueContract();
      if (def.expires) expiryContract();

      function dueContract() {
        const claim = (worker: number, now: number, limit = 3) => store(worker).claimDue(now, 1000, limit);

        test('each due document goes to one worker, oldest first, and again after its lease', async () => {
          for (const n of numbers(0, 20).reverse()) await insert(n);
          const claimed: Stored<Value>[] = [];
          const worker = async (which: number): Promise<void> => {
            for (;;) {
              const batch = await claim(which, NOW + 14);
              if (batch.length === 0) return;
              expect(batch.map(({ id }) => id)).toEqual(batch.map(({ id }) => id).toSorted());
              claimed.push(...batch);
            }
          };
          await Promise.all(numbers(0, 4).map(worker));
          expect(claimed.map(({ id }) => id).toSorted()).toEqual(numbers(0, 15).map(idOf));
          expect(claimed.every(({ version }) => version === 2)).toBe(true);
          expect(await claim(0, NOW + 14 + 999, 100)).toHaveLength(5);
          const again = await claim(1, NOW + 14 + 1000, 100);
          expect(again.map(({ id }) => id)).toEqual(numbers(0, 15).map(idOf));
          expect(again.every(({ version }) => version === 3)).toBe(true);
        });

        test('claiming counts as a change, and replacing ends the lease', async () => {
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

      function expiryContract() {
        test('what has expired is not there, swept or not', async () => {
          const saved = await insert(1);
          const expires = def.expires?.(make(1)) ?? Number.NaN;
          world.clock.time = expires - 1;
          expect(await store().get(saved.id)).toEqual(saved);
          world.clock.time = expires;
          expect(await store().get(saved.id)).toBeUndefined();
          expect(await store().list({ limit: 10 })).toEqual({ items: [] });
          expect(await store().count()).toBe(0);
          for (const [key, read] of Object.entries(def.unique))
            expect(await store().find(key, read(make(1)) as Key)).toBeUndefined();
          await expect(store().replace(saved, make(1))).rejects.toThrow(VersionConflict);
          expect(await store().remove(saved.id)).toBe(false);
          await sweeps[1]?.(expires);
          world.clock.time = NOW;
          expect(await store().get(saved.id)).toBeUndefined();
        });

        test('what has expired holds neither its id nor its unique keys', async () => {
          const saved = await insert(1);
          world.clock.time = def.expires?.(make(1)) ?? Number.NaN;
          const fresh = { ...make(1), expiresAt: world.clock.time + 1000 };
          expect((await store().insert('another', fresh)).version).toBe(1);
          expect(
            (await store().insert(saved.id, { ...make(2), expiresAt: world.clock.time + 1000 })).version,
          ).toBe(1);
        });
      }

      async function everyPage(
        query: ListQuery,
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
        query: Omit<ListQuery, 'limit'>,
        fits: (value: Value) => boolean,
      ) {
        const expected = all.filter(({ value }) => fits(value));
        expect((await store().list({ ...query, limit: 1000 })).items).toEqual(expected);
        expect(await store().count(query)).toBe(expected.length);
      }
    }
  });
