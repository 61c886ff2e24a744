import { cancelLinks } from '../../../domain/links/code';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import * as sentences from '../../../domain/tenants/signIn/signInSentences';
import { signInState } from '../../../domain/tenants/signIn/signInState';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import {
  actor,
  connectByCode,
  issue,
  open,
  type SignInWorld,
  signInToCode,
  signInWorld,
  TENANT_ID,
} from '../../helpers/cloud/signInWorld';

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
});

const verify = (
  code: string,
  more: { by?: typeof world.tess; conversationKey?: string; customerId?: string; requestId?: string } = {},
) => {
  const { by = world.tess, conversationKey = 'chat', customerId = 'contoso', requestId = 'request' } = more;
  return verifySignIn(world.deps, by, { conversationKey, customerId, code, requestId });
};
const CONTOSO = { conversationKey: 'chat', customerId: 'contoso' };
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

test('the code of one customer’s sign-in connects no other customer', async () => {
  const code = await signInToCode(world);
  const before = await world.deps.stores.customers.list({ limit: 10 });
  expect(await verify(code, { customerId: 'fabrikam' })).toEqual({
    outcome: 'ended',
    sentence: signInLink.code.noneOpen,
  });
  expect(await world.deps.stores.customers.list({ limit: 10 })).toEqual(before);
  expect(await verify(code)).toMatchObject({ outcome: 'proposed', proposal: { customerId: 'contoso' } });
});

test('the right code shows the technician the tenant and who consented, and is audited', async () => {
  const before = await world.deps.stores.customers.list({ limit: 10 });
  const code = await signInToCode(world);
  expect(await verify(` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({
    outcome: 'proposed',
    proposal: {
      technician: { id: 'tess' },
      admin: { tenantId: TENANT_ID, username: 'ada@contoso.example' },
      described: { displayName: 'Contoso', domains: ['contoso.example'] },
      state: 'waiting',
    },
  });
  expect(await world.deps.stores.customers.list({ limit: 10 })).toEqual(before);
  const audit = (await world.deps.stores.audit.list({ limit: 100 })).items.map(({ value }) => value);
  expect(audit).toContainEqual(
    expect.objectContaining({
      action: 'tenant.propose',
      outcome: 'done',
      actor: { id: 'tess', name: 'tess' },
    }),
  );
});

test('a repeat of the same request finds its own work; another request finds the code used up', async () => {
  const code = await signInToCode(world);
  const first = await verify(code);
  expect(await verify(code)).toEqual(first);
  expect(await verify(code, { requestId: 'other' })).toEqual({
    outcome: 'ended',
    sentence: signInLink.code.used,
  });
});

test('a repeat finishes the work after a crash between using the code and writing the question', async () => {
  const code = await signInToCode(world);
  const { tenantProposals } = world.deps.stores;
  const crash = {
    ...world.deps,
    stores: {
      ...world.deps.stores,
      tenantProposals: Object.assign(Object.create(tenantProposals), {
        insert: async () => Promise.reject(new TypeError('gone')),
      }),
    },
  };
  await expect(
    verifySignIn(crash, world.tess, {
      conversationKey: 'chat',
      customerId: 'contoso',
      code,
      requestId: 'request',
    }),
  ).rejects.toThrow('gone');
  expect(await verify(code)).toMatchObject({ outcome: 'proposed' });
});

test('five wrong codes end the attempt, even for the right code', async () => {
  const code = await signInToCode(world);
  for (const left of [4, 3, 2, 1]) expect(await verify(wrong(code))).toEqual({ outcome: 'wrong', left });
  expect(await verify(wrong(code))).toEqual({ outcome: 'ended', sentence: signInLink.code.tooMany });
  expect(await verify(code)).toEqual({ outcome: 'ended', sentence: signInLink.code.tooMany });
});

test('counts all guesses that come at once', async () => {
  const code = await signInToCode(world);
  await Promise.allSettled(Array.from({ length: 20 }, () => verify(wrong(code))));
  while ((await verify(wrong(code))).outcome === 'wrong');
  expect(await verify(code)).toMatchObject({ outcome: 'ended' });
});

test('nobody else, and no other conversation, can use the code', async () => {
  const code = await signInToCode(world);
  expect(await verify(code, { by: world.tom })).toMatchObject({ outcome: 'ended' });
  expect(await verify(code, { conversationKey: 'elsewhere' })).toMatchObject({ outcome: 'ended' });
  await expect(verify(code, { by: actor('tess', 'approver') })).rejects.toMatchObject({ code: 'notAllowed' });
  expect(await verify(code)).toMatchObject({ outcome: 'proposed' });
});

test('a code says not yet before the browser is finished, and costs no try', async () => {
  const { handle } = await issue(world);
  expect(await verify('123456')).toEqual({ outcome: 'notYet', sentence: signInLink.code.notYet });
  await open(world, handle);
  expect(await verify('123456')).toMatchObject({ outcome: 'notYet' });
  expect(await signInState(world.deps, world.tess, 'chat')).toEqual({ stage: 'waiting' });
});

test('expired, cancelled or replaced attempts have ended', async () => {
  const expired = await signInToCode(world);
  world.clock.advance(10 * 60 * 1000);
  expect(await verify(expired)).toEqual({ outcome: 'ended', sentence: signInLink.code.noneOpen });
  const cancelled = await signInToCode(world);
  await cancelLinks(world.deps, signInLink, world.tess, 'chat');
  expect(await verify(cancelled)).toEqual({ outcome: 'ended', sentence: signInLink.code.cancelled });
  const replaced = await signInToCode(world);
  await issue(world);
  expect(await verify(replaced)).toMatchObject({ outcome: 'notYet' });
});

test('a sign-in does not change a connected customer’s tenant, and asks nothing about its own tenant', async () => {
  const connected = await connectByCode(world, { ...CONTOSO, code: await signInToCode(world) });
  if (!('tenant' in connected.value.office365)) throw new TypeError(connected.value.office365.state);
  const { tenant } = connected.value.office365;
  await world.deps.stores.customers.replace(connected, {
    ...connected.value,
    office365: { state: 'connected', since: 1, tenant },
  });
  world.clock.advance(1000);
  expect(await verify(await signInToCode(world))).toMatchObject({ outcome: 'connecting' });
  const again = await world.deps.stores.customers.get('contoso');
  if (!again) throw new TypeError('gone');
  await world.deps.stores.customers.replace(again, {
    ...again.value,
    office365: { state: 'connected', since: 1, tenant },
  });
  world.microsoft.admin = { ...world.microsoft.admin, tenantId: '00000000-0000-4000-8000-00000000000b' };
  await expect(signInToCode(world)).rejects.toMatchObject({ sentence: sentences.OTHER_TENANT });
});
