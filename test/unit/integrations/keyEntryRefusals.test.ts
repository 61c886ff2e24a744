import {
  KEY_FOREIGN,
  KEY_MALFORMED,
  openKeyEntry,
  submitKey,
  verifyKeyEntry,
} from '../../../domain/integrations/enterKey';
import { keyEntryLink } from '../../../domain/integrations/keyEntryLink';
import { cancelLinks } from '../../../domain/links/code';
import {
  API_KEY,
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
describe('the link', () => {
  test('belongs to the browser that opened it first', async () => {
    const { handle } = await issueKey(world);
    const { cookie, csrf } = await openKeyEntry(world.deps, { handle });
    const refused = { code: 'notAllowed', sentence: keyEntryLink.words.otherBrowser };
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
      if (how === 'expired') world.clock.advance(keyEntryLink.lifeMs);
      if (how === 'cancelled') await cancelLinks(world.deps, keyEntryLink, world.ada, CHAT);
      if (how.startsWith('replaced')) await issueKey(world);
      if (how === 'used') await verify(submitted.outcome === 'code' ? submitted.code : '');
      const handle = known ? form.handle : 'another-handle-that-is-long-enough';
      const sentence =
        how === 'cancelled'
          ? keyEntryLink.code.cancelled
          : how.startsWith('replaced')
            ? keyEntryLink.code.newer
            : keyEntryLink.words.notOpen;
      const refused = { code: 'notFound', sentence };
      await expect(openKeyEntry(world.deps, { ...form, handle })).rejects.toMatchObject(refused);
      await expect(submitKey(world.deps, { ...form, handle })).rejects.toMatchObject(refused);
    },
  );

  test('opened twice in the same moment: one browser wins', async () => {
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
  test('says that a key was refused, keeps it nowhere, and takes the form again', async () => {
    world.sources.refusal = 'badKey';
    const { form, submitted } = await enterKey(world);
    expect(submitted).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringContaining('not accepted'),
    });
    const [entry] = (await world.deps.stores.oneTimeLinks.list({ limit: 10 })).items;
    expect(entry?.value).toMatchObject({ stage: 'opened' });
    expect(entry?.value).not.toHaveProperty('key');
    world.sources.refusal = undefined;
    expect(await submitKey(world.deps, form)).toMatchObject({ outcome: 'code' });
  });

  test.each(['short', 'with space inside', 'ключ-ключ-ключ', `${'x'.repeat(513)}`, 'a\r\nb: injected'])(
    'sends %j to nobody',
    async (apiKey) => {
      const { submitted } = await enterKey(world, undefined, apiKey);
      expect(submitted).toMatchObject({ outcome: 'refused', sentence: KEY_MALFORMED });
      expect(world.sources.tested).toEqual([]);
    },
  );

  test('an unknown fault tells the page nothing and keeps the key out of the log', async () => {
    world.sources.fault = new TypeError(`bad header ${API_KEY}`);
    const { submitted } = await enterKey(world);
    expect(submitted).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringContaining('a fault in Keyturn'),
    });
    expect(JSON.stringify(world.logged)).toContain('bad header [key]');
    expect(JSON.stringify(world.logged) + (await everythingStored(world))).not.toContain(API_KEY);
  });

  test('keeps no key when the person cancels in the chat meanwhile', async () => {
    world.sources.during = () => cancelLinks(world.deps, keyEntryLink, world.ada, CHAT);
    await expect(enterKey(world)).rejects.toMatchObject({
      code: 'notFound',
      sentence: keyEntryLink.words.notOpen,
    });
    expect(await verify('123456')).toEqual({ outcome: 'ended', sentence: keyEntryLink.code.cancelled });
  });

  test('lets the newer code count when a key is entered twice', async () => {
    const { form, submitted } = await enterKey(world);
    const again = await submitKey(world.deps, form);
    if (submitted.outcome !== 'code' || again.outcome !== 'code') throw new TypeError('refused');
    expect(await verify(submitted.code)).toMatchObject({ outcome: 'wrong' });
    expect(await verify(again.code)).toMatchObject({ outcome: 'added' });
  });
});
