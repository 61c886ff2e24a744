import { verifyKeyEntry } from '../../../domain/integrations/enterKey';
import {
  listIntegrations,
  openSource,
  usableIntegrations,
} from '../../../domain/integrations/listIntegrations';
import {
  pauseIntegration,
  resumeIntegration,
  testIntegration,
} from '../../../domain/integrations/manageIntegration';
import { removeIntegration, whatRemovingDoes } from '../../../domain/integrations/removeIntegration';
import { sourceSentence } from '../../../domain/integrations/sourceSentences';
import type { SourceRefusal } from '../../../domain/organizations/ports';
import { samples } from '../../helpers/store/storeSamples';
import {
  API_KEY,
  addIntegration,
  CHAT,
  enterKey,
  everythingStored,
  type IntegrationsWorld,
  integrationsWorld,
} from '../../helpers/vendors/integrationsWorld';

let world: IntegrationsWorld;
let id: string;
beforeEach(async () => {
  world = integrationsWorld();
  id = (await addIntegration(world)).id;
});
const request = (requestId = 'request') => ({ integrationId: id, requestId });
const auditOf = async (action: string, requestId = 'request') =>
  (await world.deps.stores.audit.get(`${requestId}:${action}`))?.value;

const REFUSALS: SourceRefusal[] = [
  'unreachable',
  'notTrusted',
  'badHost',
  'privateAddress',
  'badKey',
  'wrongRegion',
  'noRight',
  'tooOld',
  'webPage',
  'brokenOff',
  'notJson',
  'tooLarge',
  'endless',
  'throttled',
  'unavailable',
];

test('every refusal has its own sentence, which says what to do', () => {
  const sentences = REFUSALS.map((refusal) => sourceSentence({ refusal, detail: undefined }));
  expect(new Set(sentences).size).toBe(REFUSALS.length);
  for (const sentence of sentences) expect(sentence).toMatch(/\. .*\.$/);
  expect(sourceSentence({ refusal: 'wrongRegion', detail: 'au' })).toContain('region: AU.');
  expect(sourceSentence({ refusal: 'tooOld', detail: '2.1.0' })).toContain('(it is 2.1.0)');
  expect(sourceSentence({ refusal: 'throttled', detail: '30' })).toContain('in 30 seconds');
  expect(sourceSentence({ refusal: 'tooOld', detail: '<b>https://evil</b>' })).not.toContain('evil');
});

test('testing again keeps the outcome, good or bad, and writes it into the audit trail', async () => {
  world.sources.refusal = 'noRight';
  const tested = await testIntegration(world.deps, world.ada, request());
  const sentence = expect.stringContaining('may not read organizations');
  expect(tested.value.lastTest).toEqual({ at: world.clock.now(), ok: false, sentence });
  expect(await auditOf('integration.test')).toMatchObject({ after: sentence, outcome: 'done' });
  world.sources.refusal = undefined;
  expect((await testIntegration(world.deps, world.ada, request('two'))).value.lastTest.ok).toBe(true);
  expect(world.sources.tested).toEqual([API_KEY, API_KEY, API_KEY]);
});

test('pauses and resumes, also when asked twice', async () => {
  expect((await pauseIntegration(world.deps, world.ada, request())).value.state).toBe('paused');
  const again = await pauseIntegration(world.deps, world.ada, request('again'));
  expect(again.value.state).toBe('paused');
  expect(await auditOf('integration.pause', 'again')).toBeUndefined();
  await expect(openSource(world.deps, id)).rejects.toMatchObject({
    code: 'conflict',
    sentence: expect.stringContaining('paused'),
  });
  expect(await usableIntegrations(world.deps, world.tess)).toEqual([]);
  expect((await resumeIntegration(world.deps, world.ada, request())).value.state).toBe('active');
  expect((await openSource(world.deps, id)).integration.id).toBe(id);
  expect(await usableIntegrations(world.deps, world.tess)).toEqual([
    { id, name: 'IT Glue (EU)', kind: 'itglue' },
  ]);
});

test('a new key replaces the old one; everything else stays', async () => {
  await pauseIntegration(world.deps, world.ada, request());
  const { submitted } = await enterKey(world, { integrationId: id }, 'another-secret-key');
  const code = submitted.outcome === 'code' ? submitted.code : '';
  const verify = () =>
    verifyKeyEntry(world.deps, world.ada, { conversationKey: CHAT, code, requestId: 'replace' });
  expect(await verify()).toMatchObject({
    outcome: 'replaced',
    integration: { id, value: { name: 'IT Glue (EU)', state: 'paused' } },
  });
  expect(await verify()).toMatchObject({ outcome: 'replaced', integration: { id } });
  await resumeIntegration(world.deps, world.ada, request());
  world.sources.tested.length = 0;
  await testIntegration(world.deps, world.ada, request());
  expect(world.sources.tested).toEqual(['another-secret-key']);
  expect(await world.deps.stores.integrations.count()).toBe(1);
});

test('keeps no key for an integration that was removed meanwhile', async () => {
  const { submitted } = await enterKey(world, { integrationId: id });
  await removeIntegration(world.deps, world.ada, request());
  const code = submitted.outcome === 'code' ? submitted.code : '';
  const verified = await verifyKeyEntry(world.deps, world.ada, {
    conversationKey: CHAT,
    code,
    requestId: 'r',
  });
  expect(verified).toMatchObject({ outcome: 'ended', sentence: expect.stringContaining('removed') });
  expect(await world.deps.stores.integrations.count()).toBe(0);
});

test('removing says first what it does, then deletes the key and keeps the links; a repeat finds it done', async () => {
  const link = { ...samples.links.make(1), integrationId: id };
  await world.deps.stores.links.insert('one', link);
  const said = await whatRemovingDoes(world.deps, world.ada, id);
  expect(said).toMatchObject({ name: 'IT Glue (EU)', linked: 1 });
  expect(said.sentence).toContain('The customer that is linked to it stays as it is');
  await world.deps.stores.links.insert('two', { ...samples.links.make(2), integrationId: id });
  expect((await whatRemovingDoes(world.deps, world.ada, id)).sentence).toContain('The 2 customers');
  const removed = await removeIntegration(world.deps, world.ada, request());
  expect(removed).toEqual({ name: 'IT Glue (EU)', linked: 2 });
  expect(await removeIntegration(world.deps, world.ada, request())).toEqual(removed);
  expect(await world.deps.stores.links.count()).toBe(2);
  expect(await everythingStored(world)).not.toContain('"jwe"');
  await expect(removeIntegration(world.deps, world.ada, request('other'))).rejects.toMatchObject({
    code: 'notFound',
  });
});

test('the list shows everything but keys', async () => {
  await world.deps.stores.links.insert('one', { ...samples.links.make(1), integrationId: id });
  const list = await listIntegrations(world.deps, world.ada);
  expect(list).toMatchObject([{ id, name: 'IT Glue (EU)', linked: 1, state: 'active' }]);
  expect(list[0]).not.toHaveProperty('key');
});

test('asks the operator about a key that cannot be opened, and does not call it a bad key', async () => {
  const found = await world.deps.stores.integrations.get(id);
  if (!found) throw new TypeError('gone');
  await world.deps.stores.integrations.replace(found, { ...found.value, key: { kid: 'gone', jwe: 'x' } });
  await expect(testIntegration(world.deps, world.ada, request())).rejects.toMatchObject({
    code: 'settings',
    sentence: expect.stringContaining('“gone”'),
  });
  expect(await auditOf('integration.test')).toMatchObject({ outcome: 'failed' });
});

describe('refuses', () => {
  const uses = {
    test: () => testIntegration(world.deps, world.tess, request()),
    pause: () => pauseIntegration(world.deps, world.tess, request()),
    resume: () => resumeIntegration(world.deps, world.tess, request()),
    'what removing does': () => whatRemovingDoes(world.deps, world.tess, id),
    remove: () => removeIntegration(world.deps, world.tess, request()),
    list: () => listIntegrations(world.deps, world.tess),
  };
  test.each(Object.entries(uses))('a technician who wants to use: %s', async (_name, use) => {
    const before = await everythingStored(world);
    await expect(use()).rejects.toMatchObject({ code: 'notAllowed' });
    expect(await everythingStored(world)).toBe(before);
  });

  test('an approver who wants to see what can be imported from', async () => {
    const approver = { ...world.tess, permissions: new Set<never>() };
    await expect(usableIntegrations(world.deps, approver)).rejects.toMatchObject({ code: 'notAllowed' });
  });

  const missing = { integrationId: 'missing', requestId: 'request' };
  test('an integration that does not exist', async () => {
    const gone = { code: 'notFound' };
    await expect(testIntegration(world.deps, world.ada, missing)).rejects.toMatchObject(gone);
    await expect(pauseIntegration(world.deps, world.ada, missing)).rejects.toMatchObject(gone);
    await expect(whatRemovingDoes(world.deps, world.ada, 'missing')).rejects.toMatchObject(gone);
    await expect(removeIntegration(world.deps, world.ada, missing)).rejects.toMatchObject(gone);
    await expect(openSource(world.deps, 'missing')).rejects.toMatchObject(gone);
  });
});
