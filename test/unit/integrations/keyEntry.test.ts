import { createVault } from '../../../bot/vault';
import { VersionConflict } from '../../../domain/errors';
import { verifyKeyEntry } from '../../../domain/integrations/enterKey';
import { keyEntryLink } from '../../../domain/integrations/keyEntryLink';
import { linkState } from '../../../domain/links/code';
import { issueLink } from '../../../domain/links/issueLink';
import {
  API_KEY,
  addIntegration,
  CHAT,
  enterKey,
  everythingStored,
  type IntegrationsWorld,
  integrationsWorld,
  issueKey,
} from '../../helpers/vendors/integrationsWorld';

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

test('goes the whole way: link, page, test, code, integration', async () => {
  expect(await linkState(world.deps, keyEntryLink, world.ada, CHAT)).toMatchObject({ stage: 'none' });
  const code = await codeOf();
  expect(world.sources.tested).toEqual([API_KEY]);
  expect(await linkState(world.deps, keyEntryLink, world.ada, CHAT)).toMatchObject({ stage: 'code' });
  expect(await world.deps.stores.integrations.count()).toBe(0);

  const verified = await verify(`${code.slice(0, 3)} ${code.slice(3)}`);
  expect(verified).toMatchObject({
    outcome: 'added',
    integration: {
      value: { kind: 'itglue', address: 'eu', name: 'IT Glue (EU)', state: 'active', lastTest: { ok: true } },
    },
  });
  expect(await linkState(world.deps, keyEntryLink, world.ada, CHAT)).toEqual({ stage: 'used' });
  const [schedule] = (await world.deps.stores.schedules.list({ limit: 10 })).items;
  const id = verified.outcome === 'added' ? verified.integration.id : '';
  expect(schedule).toMatchObject({ id: `refreshOrganizations:${id}`, value: { subjectId: id } });
  const [record] = (await world.deps.stores.audit.list({ limit: 10 })).items;
  expect(record?.value).toMatchObject({ action: 'integration.add', target: 'IT Glue (EU)', outcome: 'done' });
});

test('neither stores nor logs the key, handle, cookie, form value or code in clear', async () => {
  const { form, submitted } = await enterKey(world);
  const code = submitted.outcome === 'code' ? submitted.code : '';
  const during = await everythingStored(world);
  await verify(code);
  const stored = during + (await everythingStored(world)) + JSON.stringify(world.logged);
  expect(stored).toContain('IT Glue (EU)');
  for (const secret of [API_KEY, API_KEY.slice(4), form.handle, form.cookie, form.csrf, `"${code}"`])
    expect(stored).not.toContain(secret);
  const [entry] = (await world.deps.stores.oneTimeLinks.list({ limit: 10 })).items;
  expect(entry?.value).not.toHaveProperty('key');
});

test('the same request again finds its own integration; any other use of the code is refused', async () => {
  const code = await codeOf();
  const [one, two] = [await verify(code), await verify(code)];
  expect(two).toEqual(one);
  expect(await world.deps.stores.integrations.count()).toBe(1);
  expect(await verify(code, world.ada, CHAT, 'another')).toEqual({
    outcome: 'ended',
    sentence: keyEntryLink.code.used,
  });
});

test('after a process died with the code used, the repeat finishes its work, once', async () => {
  const code = await codeOf();
  const { integrations } = world.deps.stores;
  const dies = { ...integrations, insert: () => Promise.reject(new TypeError('died')) };
  const proxy = Object.assign(Object.create(Object.getPrototypeOf(integrations)), integrations, dies);
  const request = { code, conversationKey: CHAT, requestId: 'request' };
  await expect(
    verifyKeyEntry(
      { ...world.deps, stores: { ...world.deps.stores, integrations: proxy } },
      world.ada,
      request,
    ),
  ).rejects.toThrow('died');
  expect(await verify(code)).toMatchObject({ outcome: 'added' });
  expect(await verify(code)).toMatchObject({ outcome: 'added' });
  expect(await integrations.count()).toBe(1);
});

test('gives several accounts of one region different names', async () => {
  await addIntegration(world);
  expect((await addIntegration(world)).value.name).toBe('IT Glue (EU) 2');
});

test.each([
  ['https://key@docs.example.com', /only the host.*: docs\.example\.com$/],
  ['127.0.0.1', /not a host name/],
  ['', /type the host/],
])('refuses a Hudu host %j before it makes a link', async (address, sentence) => {
  await expect(issueKey(world, { kind: 'hudu', address })).rejects.toMatchObject({
    code: 'invalidInput',
    sentence: expect.stringMatching(sentence),
  });
  expect(await world.deps.stores.oneTimeLinks.count()).toBe(0);
});

test('makes no link without a master key, and names the setting', async () => {
  world.deps.vault = createVault([]);
  await expect(issueKey(world)).rejects.toMatchObject({
    code: 'settings',
    sentence: expect.stringContaining('MASTER_KEYS'),
  });
  expect(await world.deps.stores.oneTimeLinks.count()).toBe(0);
});

describe('permissions', () => {
  test('a technician may neither begin nor finish', async () => {
    const code = await codeOf();
    const request = { account: { kind: 'itglue', address: 'eu' } as const, conversationKey: CHAT };
    await expect(issueLink(world.deps, keyEntryLink, world.tess, request)).rejects.toMatchObject({
      code: 'notAllowed',
    });
    await expect(verify(code, world.tess)).rejects.toMatchObject({ code: 'notAllowed' });
    await expect(verify(code, { ...world.ada, permissions: new Set() })).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect(await world.deps.stores.integrations.count()).toBe(0);
  });

  test('the code works only for its admin, in its conversation', async () => {
    const code = await codeOf();
    expect(await verify(code, world.adam)).toEqual({
      outcome: 'ended',
      sentence: keyEntryLink.code.noneOpen,
    });
    expect(await verify(code, world.ada, 'another chat')).toEqual({
      outcome: 'ended',
      sentence: keyEntryLink.code.noneOpen,
    });
    expect(await verify(code)).toMatchObject({ outcome: 'added' });
  });
});

describe('the code', () => {
  test('ends after five wrong tries, and the key is deleted', async () => {
    const code = await codeOf();
    for (const left of [4, 3, 2, 1]) expect(await verify(wrong(code))).toEqual({ outcome: 'wrong', left });
    expect(await verify(wrong(code))).toEqual({ outcome: 'ended', sentence: keyEntryLink.code.tooMany });
    expect(await verify(code)).toEqual({ outcome: 'ended', sentence: keyEntryLink.code.tooMany });
    const [entry] = (await world.deps.stores.oneTimeLinks.list({ limit: 10 })).items;
    expect(entry?.value).not.toHaveProperty('key');
  });

  test('does not exist before the key is entered', async () => {
    expect(await verify('123456')).toEqual({ outcome: 'ended', sentence: keyEntryLink.code.noneOpen });
    await issueKey(world);
    expect(await verify('123456')).toEqual({ outcome: 'notYet', sentence: keyEntryLink.code.notYet });
  });

  test('expires after ten minutes', async () => {
    const code = await codeOf();
    world.clock.advance(keyEntryLink.lifeMs);
    expect(await verify(code)).toEqual({ outcome: 'ended', sentence: keyEntryLink.code.noneOpen });
  });
});

test('an attempt that keeps changing ends in a conflict, not in an endless loop', async () => {
  const code = await codeOf();
  const { oneTimeLinks } = world.deps.stores;
  const busy = Object.assign(Object.create(Object.getPrototypeOf(oneTimeLinks)), oneTimeLinks, {
    replace: () => Promise.reject(new VersionConflict('oneTimeLinks', 'x')),
  });
  const request = { code, conversationKey: CHAT, requestId: 'r' };
  await expect(
    verifyKeyEntry(
      { ...world.deps, stores: { ...world.deps.stores, oneTimeLinks: busy } },
      world.ada,
      request,
    ),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
});
