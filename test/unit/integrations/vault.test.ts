import { decodeProtectedHeader } from 'jose';
import { readConfig } from '../../../bot/settings/config';
import { masterKeys } from '../../../bot/settings/masterKeys';
import { createVault } from '../../../bot/vault';
import { VersionConflict } from '../../../domain/errors';
import { integrationContext, refuseUnknownKeys, rewrapKeys } from '../../../domain/integrations/storedKeys';
import {
  API_KEY,
  addIntegration,
  enterKey,
  integrationsWorld,
  masterKey,
} from '../../helpers/vendors/integrationsWorld';

const [old, fresh] = [masterKey('old', 1), masterKey('new', 2)];
const settings = { code: 'settings' };

describe('the vault', () => {
  test('seals with the first key, and opens with any key only in the same context', async () => {
    const sealed = await createVault([old]).seal('a secret', 'integration:1');
    expect(sealed.kid).toBe('old');
    expect(decodeProtectedHeader(sealed.jwe)).toMatchObject({ alg: 'dir', enc: 'A256GCM', kid: 'old' });
    expect(JSON.stringify(sealed)).not.toContain('a secret');
    const both = createVault([fresh, old]);
    expect(await both.open(sealed, 'integration:1')).toBe('a secret');
    await expect(both.open(sealed, 'integration:2')).rejects.toMatchObject(settings);
    expect([both.isCurrent(sealed), both.knows('old'), both.knows('other')]).toEqual([false, true, false]);
    expect((await both.seal('a secret', 'x')).kid).toBe('new');
  });

  test('seals the same secret differently every time', async () => {
    const vault = createVault([old]);
    expect((await vault.seal('s', 'c')).jwe).not.toBe((await vault.seal('s', 'c')).jwe);
  });

  test.each([
    ['a part changed', (jwe: string) => jwe.replace(/\.[^.]*$/, '.AAAAAAAAAAAAAAAAAAAAAA'), 'old'],
    [
      'another header',
      (jwe: string) =>
        `${Buffer.from('{"alg":"dir","enc":"A256GCM","kid":"old"}').toString('base64url')}${jwe.slice(jwe.indexOf('.'))}`,
      'old',
    ],
    ['not a JWE', () => 'nonsense', 'old'],
    ['filed under another key id', (jwe: string) => jwe, 'new'],
    ['sealed by a key that is not here', (jwe: string) => jwe, 'gone'],
  ])('does not open what somebody tampered with: %s', async (_how, change, kid) => {
    const { jwe } = await createVault([old]).seal('a secret', 'c');
    const opened = createVault([old, fresh]).open({ kid, jwe: change(jwe) }, 'c');
    await expect(opened).rejects.toMatchObject(settings);
    await expect(opened).rejects.not.toThrow('a secret');
  });

  test('another key with the same key id opens nothing', async () => {
    const sealed = await createVault([old]).seal('a secret', 'c');
    await expect(createVault([masterKey('old', 9)]).open(sealed, 'c')).rejects.toMatchObject(settings);
  });

  test('without a master key it seals nothing and names the setting', async () => {
    const none = createVault([]);
    expect(none.canSeal).toBe(false);
    await expect(none.seal('s', 'c')).rejects.toMatchObject({
      ...settings,
      sentence: expect.stringContaining('MASTER_KEYS'),
    });
  });
});

describe('MASTER_KEYS', () => {
  const base64 = (byte: number, bytes = 32) => Buffer.alloc(bytes, byte).toString('base64');
  const read = (list: string) => masterKeys.safeParse(list);

  test('is a list of which the first key seals; an empty list is allowed', () => {
    expect(read(`2026-11:${base64(250)}, old.1:${Buffer.alloc(32, 251).toString('base64url')}`).data).toEqual(
      [
        { kid: '2026-11', key: new Uint8Array(32).fill(250) },
        { kid: 'old.1', key: new Uint8Array(32).fill(251) },
      ],
    );
    expect(read('').data).toEqual([]);
  });

  test.each([
    ['no key id', base64(1)],
    ['an empty key id', `:${base64(1)}`],
    ['a strange key id', `a b:${base64(1)}`],
    ['31 bytes', `a:${base64(1, 31)}`],
    ['33 bytes', `a:${base64(1, 33)}`],
    ['not base64', `a:${'!'.repeat(44)}`],
    ['base64 with something in it', `a:${base64(1).slice(0, 20)} ${base64(1).slice(20)}`],
    ['one key id twice', `a:${base64(1)},a:${base64(2)}`],
    ['one key twice', `a:${base64(1)},b:${base64(1)}`],
  ])('is refused with %s, and no part of it is repeated', (_what, list) => {
    const problems = read(list).error?.issues.map(({ message }) => message) ?? [];
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain(base64(1).slice(0, 6));
  });

  test('appears by name in the list of faults', () => {
    expect(() => readConfig({ MASTER_KEYS: 'x' })).toThrow(/^ {2}MASTER_KEYS must be KEYID:BASE64/m);
  });
});

describe('stored keys', () => {
  const filled = async () => {
    const world = integrationsWorld();
    world.deps.vault = createVault([old]);
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push((await addIntegration(world)).id);
    await enterKey(world);
    return { world, ids };
  };

  test('an unknown key id of an integration or of an open attempt stops the start, by name', async () => {
    const { world, ids } = await filled();
    const refused = {
      ...settings,
      sentence: expect.stringMatching(/master key “old”, which is not in MASTER_KEYS/),
    };
    await expect(refuseUnknownKeys(world.deps.stores, createVault([fresh]))).rejects.toMatchObject(refused);
    await expect(refuseUnknownKeys(world.deps.stores, createVault([]))).rejects.toMatchObject(refused);
    for (const id of ids) await world.deps.stores.integrations.remove(id);
    await expect(refuseUnknownKeys(world.deps.stores, createVault([fresh]))).rejects.toMatchObject(refused);
    world.clock.advance(3_600_000);
    await refuseUnknownKeys(world.deps.stores, createVault([fresh]));
  });

  test('are sealed again with the first master key, once, and then open without the old one', async () => {
    const { world, ids } = await filled();
    const rotated = createVault([fresh, old]);
    expect(await rewrapKeys(world.deps.stores, rotated)).toEqual({ rewrapped: 4, current: 0 });
    expect(await rewrapKeys(world.deps.stores, rotated)).toEqual({ rewrapped: 0, current: 4 });
    const alone = createVault([fresh]);
    await refuseUnknownKeys(world.deps.stores, alone);
    for (const id of ids) {
      const found = await world.deps.stores.integrations.get(id);
      expect(found && (await alone.open(found.value.key, integrationContext(id)))).toBe(API_KEY);
    }
  });

  test('are sealed to the end by a second run after a stop in the middle', async () => {
    const { world } = await filled();
    const rotated = createVault([fresh, old]);
    let seals = 0;
    const dying = {
      ...rotated,
      seal: (...args: Parameters<typeof rotated.seal>) =>
        ++seals > 2 ? Promise.reject(new TypeError('died')) : rotated.seal(...args),
    };
    await expect(rewrapKeys(world.deps.stores, dying)).rejects.toThrow('died');
    expect(await rewrapKeys(world.deps.stores, rotated)).toEqual({ rewrapped: 2, current: 2 });
  });

  test('keep a new key that replaces the old one meanwhile', async () => {
    const { world, ids } = await filled();
    const { integrations } = world.deps.stores;
    const replace = integrations.replace.bind(integrations);
    let raced = false;
    integrations.replace = async (current, value) => {
      if (raced) return replace(current, value);
      raced = true;
      const key = await createVault([fresh]).seal('a newer key', integrationContext(current.id));
      await replace(current, { ...current.value, key });
      throw new VersionConflict('integrations', current.id);
    };
    const rotated = createVault([fresh, old]);
    expect(await rewrapKeys(world.deps.stores, rotated)).toEqual({ rewrapped: 3, current: 1 });
    const opened = await Promise.all(
      ids.map(async (id) => {
        const found = await integrations.get(id);
        return found && rotated.open(found.value.key, integrationContext(id));
      }),
    );
    expect(opened.sort()).toEqual([API_KEY, API_KEY, 'a newer key'].sort());
  });

  test('stay as they are when a master key is missing', async () => {
    const { world } = await filled();
    await expect(rewrapKeys(world.deps.stores, createVault([fresh]))).rejects.toMatchObject(settings);
    const { items } = await world.deps.stores.integrations.list({ limit: 10 });
    expect(items.map(({ value }) => value.key.kid)).toEqual(['old', 'old', 'old']);
  });
});
