import { REFUSALS, type SignInRefusal } from '../../../domain/tenants/refusals/refusalTable';
import { PERSONAL_ACCOUNTS_TENANT } from '../../../domain/tenants/requiredPermissions';
import { finishConsent, finishSignIn } from '../../../domain/tenants/signIn/finishSignIn';
import { openSignIn } from '../../../domain/tenants/signIn/openSignIn';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import * as sentences from '../../../domain/tenants/signIn/signInSentences';
import { signInState } from '../../../domain/tenants/signIn/signInState';
import {
  connectByCode,
  issue,
  OWN_TENANT_ID,
  open,
  type SignInWorld,
  signInToCode,
  signInWorld,
  stateOf,
  TENANT_ID,
} from '../../helpers/cloud/signInWorld';

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
});

const returning = async () => {
  const { handle } = await issue(world);
  return { handle, ...(await open(world, handle)) };
};

const finish = (state: string, cookie?: string) =>
  finishSignIn(world.deps, { query: { state, code: 'c' }, cookie });

describe('opening the link', () => {
  test('sends the first browser to Microsoft, with our own return address', async () => {
    const { redirectTo } = await returning();
    expect(redirectTo).toMatch(/^https:\/\/login\.test\/authorize/);
    expect(new URL(redirectTo).searchParams.get('redirect_uri')).toBe('https://keyturn.test/signin/callback');
  });

  test('again in the same browser starts over, and makes the earlier answer foreign', async () => {
    const { handle, cookie, state } = await returning();
    const again = await openSignIn(world.deps, { handle, cookie });
    expect(again.cookie).toBe(cookie);
    await expect(finish(state, cookie)).rejects.toMatchObject({ sentence: sentences.FOREIGN });
    await expect(finish(stateOf(again.redirectTo), cookie)).resolves.toMatchObject({ outcome: 'consent' });
  });

  test.each([undefined, 'another'])('refuses another browser (cookie %s)', async (cookie) => {
    const { handle } = await returning();
    await expect(openSignIn(world.deps, { handle, cookie })).rejects.toMatchObject({
      sentence: signInLink.words.otherBrowser,
    });
  });

  test('lets one of two browsers go on that open it at once', async () => {
    const { handle } = await issue(world);
    const both = await Promise.allSettled([open(world, handle), open(world, handle)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('refuses a link that is unknown, expired, or replaced by a newer one', async () => {
    const { handle } = await issue(world);
    await expect(openSignIn(world.deps, { handle: 'unknown' })).rejects.toMatchObject({ code: 'notFound' });
    await issue(world);
    await expect(open(world, handle)).rejects.toMatchObject({ sentence: signInLink.code.newer });
    const newest = await issue(world);
    world.clock.advance(signInLink.lifeMs);
    await expect(open(world, newest.handle)).rejects.toMatchObject({ sentence: signInLink.words.notOpen });
  });

  test('refuses a link whose technician has lost the role', async () => {
    const { handle } = await issue(world);
    const deps = { ...world.deps, firstAdmins: [] };
    await expect(openSignIn(deps, { handle })).rejects.toMatchObject({
      code: 'notAllowed',
      sentence: expect.stringContaining('made for somebody who may not connect a tenant any more'),
    });
    expect((await world.deps.stores.oneTimeLinks.list({ limit: 9 })).items[0]?.value.stage).toBe('issued');
  });

  test('refuses a link whose page showed the code already', async () => {
    const { handle } = await issue(world);
    const { cookie, state } = await open(world, handle);
    world.microsoft.consented.add(TENANT_ID);
    await finish(state, cookie);
    await expect(openSignIn(world.deps, { handle, cookie })).rejects.toMatchObject({
      sentence: signInLink.words.finished,
    });
  });
});

describe('coming back from Microsoft', () => {
  test('goes to the consent of the tenant that signed in, even if the redirect names another', async () => {
    const { cookie, state } = await returning();
    const step = await finish(state, cookie);
    const url = step.outcome === 'consent' ? step.redirectTo : '';
    expect(url).toContain(`/${TENANT_ID}/adminconsent`);
    const query = { state: stateOf(url), tenant: OWN_TENANT_ID, admin_consent: 'True' };
    const done = await finishConsent(world.deps, { query, cookie });
    expect(done).toMatchObject({
      outcome: 'code',
      customerName: 'Contoso',
      code: expect.stringMatching(/^\d{6}$/),
    });
    const code = done.outcome === 'code' ? done.code : '';
    await connectByCode(world, { conversationKey: 'chat', customerId: 'contoso', code });
    expect(await world.deps.stores.customers.find('tenantId', TENANT_ID)).toMatchObject({ id: 'contoso' });
    expect(await world.deps.stores.customers.find('tenantId', OWN_TENANT_ID)).toBeUndefined();
  });

  test('skips a consent that exists', async () => {
    world.microsoft.consented.add(TENANT_ID);
    const { cookie, state } = await returning();
    expect(await finish(state, cookie)).toMatchObject({ outcome: 'code' });
  });

  test('takes an answer once', async () => {
    const { cookie, state } = await returning();
    await finish(state, cookie);
    await expect(finish(state, cookie)).rejects.toMatchObject({ sentence: sentences.FOREIGN });
  });

  test('takes an answer once that comes twice in the same moment', async () => {
    world.microsoft.consented.add(TENANT_ID);
    const { cookie, state } = await returning();
    const both = await Promise.allSettled([finish(state, cookie), finish(state, cookie)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test.each([
    ['no cookie', undefined],
    ['a foreign cookie', 'foreign'],
  ])('refuses %s and leaves the attempt to its own browser', async (_name, cookie) => {
    const mine = await returning();
    await expect(finish(mine.state, cookie)).rejects.toMatchObject({
      sentence: signInLink.words.otherBrowser,
    });
    await expect(finish(mine.state, mine.cookie)).resolves.toMatchObject({ outcome: 'consent' });
  });

  test('refuses a foreign, missing or expired state', async () => {
    const { cookie, state } = await returning();
    await expect(finish('foreign', cookie)).rejects.toMatchObject({ sentence: sentences.FOREIGN });
    await expect(finishSignIn(world.deps, { query: { code: 'c' }, cookie })).rejects.toMatchObject({
      sentence: sentences.FOREIGN,
    });
    world.clock.advance(signInLink.lifeMs);
    await expect(finish(state, cookie)).rejects.toMatchObject({ sentence: sentences.FOREIGN });
  });

  test('does not take the state of one leg for the other', async () => {
    const { cookie, state } = await returning();
    await expect(finishConsent(world.deps, { query: { state }, cookie })).rejects.toMatchObject({
      sentence: sentences.FOREIGN,
    });
  });

  test('ends the attempt and says so in the chat when the person declines the sign-in or the consent', async () => {
    const first = await returning();
    const query = { state: first.state, error: 'access_denied' };
    await expect(finishSignIn(world.deps, { query, cookie: first.cookie })).rejects.toMatchObject({
      sentence: REFUSALS.declined.signIn,
    });
    const second = await returning();
    const step = await finish(second.state, second.cookie);
    const state = step.outcome === 'consent' ? stateOf(step.redirectTo) : '';
    await expect(
      finishConsent(world.deps, { query: { state, error: 'access_denied' }, cookie: second.cookie }),
    ).rejects.toMatchObject({ sentence: REFUSALS.declined.signIn });
    expect(await signInState(world.deps, world.tess, 'chat')).toMatchObject({
      sentence: REFUSALS.declined.signIn,
      ownTenant: false,
    });
  });

  test.each(Object.keys(REFUSALS) as SignInRefusal[])('refused by Microsoft: %s', async (refusal) => {
    world.microsoft.refusal = refusal;
    const { cookie, state } = await returning();
    await expect(finish(state, cookie)).rejects.toMatchObject({ sentence: REFUSALS[refusal].signIn });
    expect(await signInState(world.deps, world.tess, 'chat')).toMatchObject({ stage: 'ended' });
    const audit = await world.deps.stores.audit.list({ where: { customerId: 'contoso' }, limit: 10 });
    expect(audit.items.map(({ value }) => value)).toContainEqual(
      expect.objectContaining({
        outcome: 'refused',
        reason: REFUSALS[refusal].signIn,
        target: 'Contoso',
      }),
    );
  });

  test.each([
    ['a personal account', { tenantId: PERSONAL_ACCOUNTS_TENANT }, REFUSALS.personalAccount.signIn],
    ['the MSP’s own tenant', { tenantId: OWN_TENANT_ID }, sentences.OWN_TENANT],
    [
      'no Global Administrator',
      { isGlobalAdministrator: false },
      sentences.notAdministrator('ada@contoso.example', 'Contoso'),
    ],
  ])('refused by us: %s', async (_name, who, sentence) => {
    world.microsoft.admin = { ...world.microsoft.admin, ...who };
    const { cookie, state } = await returning();
    await expect(finish(state, cookie)).rejects.toMatchObject({ sentence });
  });

  test('takes the MSP’s own tenant when the technician means it', async () => {
    world.microsoft.admin = { ...world.microsoft.admin, tenantId: OWN_TENANT_ID };
    expect(await signInToCode(world, { ownTenantMeant: true })).toMatch(/^\d{6}$/);
  });

  test('refuses another customer’s tenant; says that customer’s name in the chat, never on the page', async () => {
    const code = await signInToCode(world, { customerId: 'fabrikam' });
    await connectByCode(world, { conversationKey: 'chat', customerId: 'fabrikam', code });
    const { cookie, state } = await returning();
    await expect(finish(state, cookie)).rejects.toMatchObject({ sentence: sentences.TAKEN });
    expect(sentences.TAKEN).not.toContain('Fabrikam');
    const inChat = await signInState(world.deps, world.tess, 'chat');
    expect(inChat).toMatchObject({ stage: 'ended', sentence: expect.stringContaining('Fabrikam') });
    const mayNotSee = { ...world.tess, permissions: new Set<never>() };
    const unseen = await signInState(world.deps, mayNotSee, 'chat');
    expect(unseen).toMatchObject({ sentence: sentences.TAKEN });
  });

  test('ends when the customer was removed meanwhile', async () => {
    const { cookie, state } = await returning();
    const found = await world.deps.stores.customers.get('contoso');
    if (found) await world.deps.stores.customers.replace(found, { ...found.value, status: 'removed' });
    world.microsoft.consented.add(TENANT_ID);
    await expect(finish(state, cookie)).rejects.toMatchObject({ code: 'notAllowed' });
    expect(await signInState(world.deps, world.tess, 'chat')).toMatchObject({ stage: 'ended' });
  });
});

test('stores no secret in plain text', async () => {
  const { handle } = await issue(world);
  const { cookie, state, redirectTo } = await open(world, handle);
  const nonce = new URL(redirectTo).searchParams.get('nonce') ?? '';
  world.microsoft.consented.add(TENANT_ID);
  const midway = JSON.stringify((await world.deps.stores.oneTimeLinks.list({ limit: 10 })).items);
  const step = await finish(state, cookie);
  const end = JSON.stringify([
    (await world.deps.stores.oneTimeLinks.list({ limit: 10 })).items,
    (await world.deps.stores.audit.list({ limit: 100 })).items,
  ]);
  const code = step.outcome === 'code' ? step.code : '';
  for (const secret of [handle, cookie, state, nonce, `"${code}"`])
    expect({ midway: midway.includes(secret), end: end.includes(secret) }).toEqual({
      midway: false,
      end: false,
    });
});
