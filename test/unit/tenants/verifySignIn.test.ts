import * as sentences from '../../../domain/tenants/signInSentences';
import { cancelSignIn, signInState } from '../../../domain/tenants/signInState';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import {
  actor,
  issue,
  open,
  type SignInWorld,
  signInToCode,
  signInWorld,
  TENANT_ID,
} from '../../helpers/signInWorld';

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
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

test('the code of one customer’s sign-in connects no other customer', async () => {
  const code = await signInToCode(world);
  const before = await world.deps.customers.list({ limit: 10 });
  expect(await verify(code, { customerId: 'fabrikam' })).toEqual({
    outcome: 'ended',
    sentence: sentences.NONE_OPEN,
  });
  expect(await world.deps.customers.list({ limit: 10 })).toEqual(before);
  expect(await verify(code)).toMatchObject({ outcome: 'connecting', customer: { id: 'contoso' } });
});

test('the right code connects the customer, with who consented, and is audited', async () => {
  const code = await signInToCode(world);
  const result = await verify(` ${code.slice(0, 3)} ${code.slice(3)} `);
  expect(result).toMatchObject({
    outcome: 'connecting',
    customer: {
      value: {
        office365: {
          state: 'connecting',
          tenant: { tenantId: TENANT_ID, consentedBy: { username: 'ada@contoso.example' } },
        },
      },
    },
  });
  const audit = (await world.deps.audit.list({ limit: 100 })).items.map(({ value }) => value);
  expect(audit).toContainEqual(
    expect.objectContaining({
      action: 'tenant.connect',
      outcome: 'done',
      actor: { id: 'tess', name: 'tess' },
    }),
  );
});

test('a repeat of the same request finds its own work; the code in another request is used up', async () => {
  const code = await signInToCode(world);
  const first = await verify(code);
  expect(await verify(code)).toEqual(first);
  expect(await verify(code, { requestId: 'other' })).toEqual({
    outcome: 'ended',
    sentence: sentences.CODE_USED,
  });
});

test('a repeat after a crash between using the code and writing the customer finishes the work', async () => {
  const code = await signInToCode(world);
  const { customers } = world.deps;
  const crash = {
    ...world.deps,
    customers: Object.assign(Object.create(customers), {
      replace: async () => Promise.reject(new TypeError('gone')),
    }),
  };
  await expect(
    verifySignIn(crash, world.tess, {
      conversationKey: 'chat',
      customerId: 'contoso',
      code,
      requestId: 'request',
    }),
  ).rejects.toThrow('gone');
  expect(await verify(code)).toMatchObject({ outcome: 'connecting' });
});

test('five wrong codes end the attempt, also for the right one', async () => {
  const code = await signInToCode(world);
  for (const left of [4, 3, 2, 1]) expect(await verify(wrong(code))).toEqual({ outcome: 'wrong', left });
  expect(await verify(wrong(code))).toEqual({ outcome: 'ended', sentence: sentences.TOO_MANY_CODES });
  expect(await verify(code)).toEqual({ outcome: 'ended', sentence: sentences.TOO_MANY_CODES });
});

test('guesses that come at once are all counted', async () => {
  const code = await signInToCode(world);
  await Promise.allSettled(Array.from({ length: 20 }, () => verify(wrong(code))));
  while ((await verify(wrong(code))).outcome === 'wrong');
  expect(await verify(code)).toMatchObject({ outcome: 'ended' });
});

test('nobody else, and no other conversation, can use it', async () => {
  const code = await signInToCode(world);
  expect(await verify(code, { by: world.tom })).toMatchObject({ outcome: 'ended' });
  expect(await verify(code, { conversationKey: 'elsewhere' })).toMatchObject({ outcome: 'ended' });
  await expect(verify(code, { by: actor('tess', 'approver') })).rejects.toMatchObject({ code: 'notAllowed' });
  expect(await verify(code)).toMatchObject({ outcome: 'connecting' });
});

test('before the browser is finished it is not yet, and costs no try', async () => {
  const { handle } = await issue(world);
  expect(await verify('123456')).toEqual({ outcome: 'notYet', sentence: sentences.NO_CODE_YET });
  await open(world, handle);
  expect(await verify('123456')).toMatchObject({ outcome: 'notYet' });
  expect(await signInState(world.deps, world.tess, 'chat')).toEqual({ stage: 'waiting' });
});

test('expired, cancelled or replaced attempts have ended', async () => {
  const expired = await signInToCode(world);
  world.clock.advance(10 * 60 * 1000);
  expect(await verify(expired)).toEqual({ outcome: 'ended', sentence: sentences.NONE_OPEN });
  const cancelled = await signInToCode(world);
  await cancelSignIn(world.deps, world.tess, 'chat');
  expect(await verify(cancelled)).toEqual({ outcome: 'ended', sentence: sentences.CANCELLED });
  const replaced = await signInToCode(world);
  await issue(world);
  expect(await verify(replaced)).toMatchObject({ outcome: 'notYet' });
});

test('a tenant that two customers connect at once goes to one; the other is told whose it is', async () => {
  const first = await signInToCode(world, { conversationKey: 'one' });
  const second = await signInToCode(world, { customerId: 'fabrikam', conversationKey: 'two' });
  const both = await Promise.all([
    verify(first, { conversationKey: 'one', requestId: '1' }),
    verify(second, { conversationKey: 'two', customerId: 'fabrikam', requestId: '2' }),
  ]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['connecting', 'ended']);
  const owner = await world.deps.customers.find('tenantId', TENANT_ID);
  const refused = both.find(({ outcome }) => outcome === 'ended');
  expect(refused).toMatchObject({ sentence: expect.stringContaining(owner?.value.name ?? '?') });
});

test('a connected customer does not change its tenant by a sign-in', async () => {
  const code = await signInToCode(world);
  const connected = await verify(code);
  if (connected.outcome !== 'connecting' || connected.customer.value.office365.state !== 'connecting')
    throw new TypeError(connected.outcome);
  const { tenant } = connected.customer.value.office365;
  await world.deps.customers.replace(connected.customer, {
    ...connected.customer.value,
    office365: { state: 'connected', since: 1, tenant },
  });
  world.microsoft.admin = { ...world.microsoft.admin, tenantId: '00000000-0000-4000-8000-00000000000b' };
  await expect(signInToCode(world)).rejects.toMatchObject({ sentence: sentences.OTHER_TENANT });
});
