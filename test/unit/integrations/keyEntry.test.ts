import { createVault } from '../../../bot/vault';
import { VersionConflict } from '../../../domain/errors';
import { cancelKeyEntry, KEY_ENTRY_MS, keyEntryState } from '../../../domain/integrations/keyEntryAttempt';
import {
  KEY_CANCELLED,
  KEY_CODE_USED,
  KEY_FOREIGN,
  KEY_MALFORMED,
  KEY_NEWER,
  KEY_NO_CODE_YET,
  KEY_NONE_OPEN,
  KEY_NOT_OPEN,
  KEY_OTHER_BROWSER,
  KEY_TOO_MANY_CODES,
} from '../../../domain/integrations/keyEntrySentences';
import { openKeyEntry } from '../../../domain/integrations/openKeyEntry';
import { submitKey } from '../../../domain/integrations/submitKey';
import { verifyKeyEntry } from '../../../domain/integrations/verifyKeyEntry';
import {
  API_KEY,
  addIntegration,
  CHAT,
  enterKey,
  everythingStored,
  type IntegrationsWorld,
  integrationsWorld,
  issueKey,
} from '../../helpers/integrationsWorld';

let world: IntegrationsWorld;
beforeEach(() => {
  world = integrationsWorld();
});

const verify = (code: string, who = world.ada, conversationKey = CHAT, requestId = 'request') =>
  verifyKeyEntry(world.deps, who, { code, conversationKey, requestId });
const codeOf = async (...more: Parameters<typeof enterKey> extends [unknown, ...infer R] ? R : never) => {
  const { submitted } = await enterKey(world, ...more);
  return submitted.outcome === 'code' ? submitted.code : submitted.sentence;
};
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

test('the whole way: link, page, test, code, integration', async () => {
  expect(await keyEntryState(world.deps, world.ada, CHAT)).toMatchObject({ stage: 'none' });
  const code = await codeOf();
  expect(world.sources.tested).toEqual([API_KEY]);
  expect(await keyEntryState(world.deps, world.ada, CHAT)).toMatchObject({ stage: 'code' });
  expect(await world.deps.integrations.count()).toBe(0);

  const verified = await verify(`${code.slice(0, 3)} ${code.slice(3)}`);
  expect(verified).toMatchObject({
    outcome: 'added',
    integration: {
      value: { kind: 'itglue', address: 'eu', name: 'IT Glue (EU)', state: 'active', lastTest: { ok: true } },
    },
  });
  expect(await keyEntryState(world.deps, world.ada, CHAT)).toEqual({ stage: 'used' });
  const [record] = (await world.deps.audit.list({ limit: 10 })).items;
  expect(record?.value).toMatchObject({ action: 'integration.add', target: 'IT Glue (EU)', outcome: 'done' });
});

test('neither key nor handle, cookie, form value or code is stored or logged in clear', async () => {
  const { form, submitted } = await enterKey(world);
  const code = submitted.outcome === 'code' ? submitted.code : '';
  const during = await everythingStored(world);
  await verify(code);
  const stored = during + (await everythingStored(world)) + JSON.stringify(world.logged);
  expect(stored).toContain('IT Glue (EU)');
  for (const secret of [API_KEY, API_KEY.slice(4), form.handle, form.cookie, form.csrf, `"${code}"`])
    expect(stored).not.toContain(secret);
  const [entry] = (await world.deps.keyEntries.list({ limit: 10 })).items;
  expect(entry?.value).not.toHaveProperty('key');
});

test('the same request again finds its own integration; any other use of the code is refused', async () => {
  const code = await codeOf();
  const [one, two] = [await verify(code), await verify(code)];
  expect(two).toEqual(one);
  expect(await world.deps.integrations.count()).toBe(1);
  expect(await verify(code, world.ada, CHAT, 'another')).toEqual({
    outcome: 'ended',
    sentence: KEY_CODE_USED,
  });
});

test('a process that died after the code was used: the repeat finishes its work, once', async () => {
  const code = await codeOf();
  const { integrations } = world.deps;
  const dies = { ...integrations, insert: () => Promise.reject(new TypeError('died')) };
  const proxy = Object.assign(Object.create(Object.getPrototypeOf(integrations)), integrations, dies);
  const request = { code, conversationKey: CHAT, requestId: 'request' };
  await expect(verifyKeyEntry({ ...world.deps, integrations: proxy }, world.ada, request)).rejects.toThrow(
    'died',
  );
  expect(await verify(code)).toMatchObject({ outcome: 'added' });
  expect(await verify(code)).toMatchObject({ outcome: 'added' });
  expect(await integrations.count()).toBe(1);
});

test('several accounts of one region are told apart by name', async () => {
  await addIntegration(world);
  expect((await addIntegration(world)).value.name).toBe('IT Glue (EU) 2');
});

test.each([
  ['https://docs.example.com/api/v1', /only the host.*: docs\.example\.com$/],
  ['http://docs.example.com', /docs\.example\.com/],
  ['127.0.0.1', /not a host name/],
  ['', /type the host/],
])('a Hudu host %j is refused before there is a link', async (address, sentence) => {
  await expect(issueKey(world, { kind: 'hudu', address })).rejects.toMatchObject({
    code: 'invalidInput',
    sentence: expect.stringMatching(sentence),
  });
  expect(await world.deps.keyEntries.count()).toBe(0);
});

test('without a master key there is no link, and the setting is named', async () => {
  world.deps.vault = createVault([]);
  await expect(issueKey(world)).rejects.toMatchObject({
    code: 'settings',
    sentence: expect.stringContaining('MASTER_KEYS'),
  });
  expect(await world.deps.keyEntries.count()).toBe(0);
});

describe('who may', () => {
  test('a technician may neither begin nor finish', async () => {
    const code = await codeOf();
    const request = { account: { kind: 'itglue', address: 'eu' } as const, conversationKey: CHAT };
    const { issueKeyEntry } = await import('../../../domain/integrations/issueKeyEntry');
    await expect(issueKeyEntry(world.deps, world.tess, request)).rejects.toMatchObject({
      code: 'notAllowed',
    });
    await expect(verify(code, world.tess)).rejects.toMatchObject({ code: 'notAllowed' });
    await expect(verify(code, { ...world.ada, permissions: new Set() })).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect(await world.deps.integrations.count()).toBe(0);
  });

  test('the code works for its admin in its conversation alone', async () => {
    const code = await codeOf();
    expect(await verify(code, world.adam)).toEqual({ outcome: 'ended', sentence: KEY_NONE_OPEN });
    expect(await verify(code, world.ada, 'another chat')).toEqual({
      outcome: 'ended',
      sentence: KEY_NONE_OPEN,
    });
    expect(await verify(code)).toMatchObject({ outcome: 'added' });
  });
});

describe('the code', () => {
  test('five wrong ones end it, and the key is forgotten', async () => {
    const code = await codeOf();
    for (const left of [4, 3, 2, 1]) expect(await verify(wrong(code))).toEqual({ outcome: 'wrong', left });
    expect(await verify(wrong(code))).toEqual({ outcome: 'ended', sentence: KEY_TOO_MANY_CODES });
    expect(await verify(code)).toEqual({ outcome: 'ended', sentence: KEY_TOO_MANY_CODES });
    const [entry] = (await world.deps.keyEntries.list({ limit: 10 })).items;
    expect(entry?.value).not.toHaveProperty('key');
  });

  test('before the key is entered there is none', async () => {
    expect(await verify('123456')).toEqual({ outcome: 'ended', sentence: KEY_NONE_OPEN });
    await issueKey(world);
    expect(await verify('123456')).toEqual({ outcome: 'notYet', sentence: KEY_NO_CODE_YET });
  });

  test('after ten minutes it is worth nothing', async () => {
    const code = await codeOf();
    world.clock.advance(KEY_ENTRY_MS);
    expect(await verify(code)).toEqual({ outcome: 'ended', sentence: KEY_NONE_OPEN });
  });
});

describe('the link', () => {
  test('belongs to the browser that opened it first', async () => {
    const { handle } = await issueKey(world);
    const { cookie, csrf } = await openKeyEntry(world.deps, { handle });
    const refused = { code: 'notAllowed', sentence: KEY_OTHER_BROWSER };
    await expect(openKeyEntry(world.deps, { handle })).rejects.toMatchObject(refused);
    await expect(openKeyEntry(world.deps, { handle, cookie: 'x' })).rejects.toMatchObject(refused);
    const form = { handle, csrf, apiKey: API_KEY };
    await expect(submitKey(world.deps, form)).rejects.toMatchObject(refused);
    await expect(submitKey(world.deps, { ...form, cookie: csrf })).rejects.toMatchObject(refused);
    expect(await openKeyEntry(world.deps, { handle, cookie })).toMatchObject({ cookie, csrf });
    expect(world.sources.tested).toEqual([]);
  });

  test('takes no form that was made elsewhere', async () => {
    const { handle } = await issueKey(world);
    const { cookie } = await openKeyEntry(world.deps, { handle });
    for (const csrf of ['', 'x'.repeat(43)])
      await expect(submitKey(world.deps, { handle, cookie, csrf, apiKey: API_KEY })).rejects.toMatchObject({
        code: 'notAllowed',
        sentence: KEY_FOREIGN,
      });
    expect(world.sources.tested).toEqual([]);
  });

  test.each(['unknown', 'expired', 'cancelled', 'replaced by a newer one', 'used'])(
    '%s: says so',
    async (how) => {
      const { form, submitted } = await enterKey(world);
      const known = how !== 'unknown';
      if (how === 'expired') world.clock.advance(KEY_ENTRY_MS);
      if (how === 'cancelled') await cancelKeyEntry(world.deps, world.ada, CHAT);
      if (how.startsWith('replaced')) await issueKey(world);
      if (how === 'used') await verify(submitted.outcome === 'code' ? submitted.code : '');
      const handle = known ? form.handle : 'another-handle-that-is-long-enough';
      const sentence =
        how === 'cancelled' ? KEY_CANCELLED : how.startsWith('replaced') ? KEY_NEWER : KEY_NOT_OPEN;
      const refused = { code: 'notFound', sentence };
      await expect(openKeyEntry(world.deps, { ...form, handle })).rejects.toMatchObject(refused);
      await expect(submitKey(world.deps, { ...form, handle })).rejects.toMatchObject(refused);
    },
  );

  test('opened twice at the same moment: one browser wins', async () => {
    const { handle } = await issueKey(world);
    const both = await Promise.allSettled([
      openKeyEntry(world.deps, { handle }),
      openKeyEntry(world.deps, { handle }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });
});

describe('the test before anything is saved', () => {
  test('a refused key is said to be so, is kept nowhere, and the form can be sent again', async () => {
    world.sources.refusal = 'badKey';
    const { form, submitted } = await enterKey(world);
    expect(submitted).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringContaining('not accepted'),
    });
    const [entry] = (await world.deps.keyEntries.list({ limit: 10 })).items;
    expect(entry?.value).toMatchObject({ stage: 'opened' });
    expect(entry?.value).not.toHaveProperty('key');
    world.sources.refusal = undefined;
    expect(await submitKey(world.deps, form)).toMatchObject({ outcome: 'code' });
  });

  test.each(['short', 'with space inside', 'ключ-ключ-ключ', `${'x'.repeat(513)}`, 'a\r\nb: injected'])(
    '%j is not sent to anybody',
    async (apiKey) => {
      const { submitted } = await enterKey(world, undefined, apiKey);
      expect(submitted).toMatchObject({ outcome: 'refused', sentence: KEY_MALFORMED });
      expect(world.sources.tested).toEqual([]);
    },
  );

  test('an unknown fault tells the page nothing and the log no key', async () => {
    world.sources.fault = new TypeError(`bad header ${API_KEY}`);
    const { submitted } = await enterKey(world);
    expect(submitted).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringContaining('a fault in Keyturn'),
    });
    expect(JSON.stringify(world.logged)).toContain('bad header [key]');
    expect(JSON.stringify(world.logged) + (await everythingStored(world))).not.toContain(API_KEY);
  });

  test('cancelled in the chat while it runs: the key is not kept', async () => {
    world.sources.during = () => cancelKeyEntry(world.deps, world.ada, CHAT);
    await expect(enterKey(world)).rejects.toMatchObject({ code: 'notFound', sentence: KEY_NOT_OPEN });
    expect(await verify('123456')).toEqual({ outcome: 'ended', sentence: KEY_CANCELLED });
  });

  test('entered twice: the newer code counts', async () => {
    const { form, submitted } = await enterKey(world);
    const again = await submitKey(world.deps, form);
    if (submitted.outcome !== 'code' || again.outcome !== 'code') throw new TypeError('refused');
    expect(await verify(submitted.code)).toMatchObject({ outcome: 'wrong' });
    expect(await verify(again.code)).toMatchObject({ outcome: 'added' });
  });
});

test('an attempt that changes all the time is a conflict, not an endless loop', async () => {
  const code = await codeOf();
  const { keyEntries } = world.deps;
  const busy = Object.assign(Object.create(Object.getPrototypeOf(keyEntries)), keyEntries, {
    replace: () => Promise.reject(new VersionConflict('keyEntries', 'x')),
  });
  const request = { code, conversationKey: CHAT, requestId: 'r' };
  await expect(verifyKeyEntry({ ...world.deps, keyEntries: busy }, world.ada, request)).rejects.toMatchObject(
    {
      code: 'conflict',
    },
  );
});
