import { VersionConflict } from '../../../../domain/errors';
import type { Key } from '../../../../domain/ports';
import { NOW } from '../storeSample';
import type { Subject } from './subject';

/** An expired document is gone for every reader and writer, swept or not. */
export function expiryContract({ def, make, store, insert, clock, sweep }: Subject): void {
  test('does not return an expired document, swept or not', async () => {
    const saved = await insert(1);
    const expires = def.expires?.(make(1)) ?? Number.NaN;
    clock.time = expires - 1;
    expect(await store().get(saved.id)).toEqual(saved);
    clock.time = expires;
    expect(await store().get(saved.id)).toBeUndefined();
    expect(await store().list({ limit: 10 })).toEqual({ items: [] });
    expect(await store().count()).toBe(0);
    for (const [key, read] of Object.entries(def.unique))
      expect(await store().find(key, read(make(1)) as Key)).toBeUndefined();
    await expect(store().replace(saved, make(1))).rejects.toThrow(VersionConflict);
    expect(await store().remove(saved.id)).toBe(false);
    await sweep(expires);
    clock.time = NOW;
    expect(await store().get(saved.id)).toBeUndefined();
  });

  test('an expired document holds neither its id nor its unique keys', async () => {
    const saved = await insert(1);
    clock.time = def.expires?.(make(1)) ?? Number.NaN;
    const fresh = { ...make(1), expiresAt: clock.time + 1000 };
    expect((await store().insert('another', fresh)).version).toBe(1);
    expect((await store().insert(saved.id, { ...make(2), expiresAt: clock.time + 1000 })).version).toBe(1);
  });
}
