import { disconnectTenant } from '../../../domain/tenants/disconnectTenant';
import { office365Label } from '../../../domain/tenants/office365Label';
import { runChecks } from '../../../domain/tenants/runChecks';
import { CHECKS, type CheckOutcome } from '../../../domain/tenants/tenantConnection';
import {
  actor,
  connectByCode,
  type SignInWorld,
  signInToCode,
  signInWorld,
  TENANT_ID,
} from '../../helpers/cloud/signInWorld';

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
  const code = await signInToCode(world);
  await connectByCode(world, { conversationKey: 'chat', customerId: 'contoso', code });
});

let runs = 0;
const run = async () => {
  const progress: CheckOutcome[][] = [];
  const request = { customerId: 'contoso', requestId: `run ${runs++}` };
  const { value } = await runChecks(world.deps, world.tess, request, (done) => void progress.push(done));
  return { office365: value.office365, label: office365Label(value.office365), progress };
};

test('says connected only after every check, and keeps and reports each check on the way', async () => {
  const seen: string[] = [];
  world.microsoft.onCheck = async () => {
    const kept = (await world.deps.stores.customers.get('contoso'))?.value.office365;
    seen.push(
      kept && 'tenant' in kept
        ? `${kept.state} ${kept.tenant.checks.filter(({ state }) => state === 'passed').length}`
        : '',
    );
  };
  const { office365, label, progress } = await run();
  expect(world.microsoft.checked).toEqual(CHECKS);
  expect(seen).toEqual(['connecting 0', 'connecting 1', 'connecting 2', 'connecting 3', 'connecting 4']);
  expect(progress.map((done) => done.length)).toEqual([1, 2, 3, 4, 5]);
  expect(label).toEqual({ tag: 'connected', text: 'connected' });
  expect(office365).toMatchObject({
    tenant: { displayName: 'Contoso', domains: ['contoso.example'], checkedAt: world.clock.now() },
  });
  expect(world.microsoft.forgotten).toContain(TENANT_ID);
});

test('watches a connected customer from then on, once, and no other customer', async () => {
  world.microsoft.outcomes = { organization: { state: 'failed' } };
  await run();
  expect(await world.deps.stores.schedules.count()).toBe(0);
  world.microsoft.outcomes = {};
  await run();
  await run();
  expect((await world.deps.stores.schedules.list({ limit: 10 })).items).toMatchObject([
    { id: 'watchTenant:contoso', value: { customerId: 'contoso' } },
  ]);
});

test('a missing permission leaves the customer connected, but not green', async () => {
  world.microsoft.outcomes = { permissions: { state: 'failed' }, directoryRole: { state: 'warned' } };
  expect((await run()).label).toEqual({
    tag: 'connectedBut',
    text: 'connected, but missing permissions, a role that may reset administrators',
    missing: ['permissions', 'a role that may reset administrators'],
  });
});

test('without a token it tries nothing else, and does not connect', async () => {
  world.microsoft.outcomes = { token: { state: 'failed', consentLost: true } };
  const { office365, label, progress } = await run();
  expect(world.microsoft.checked).toEqual(['token']);
  expect(progress.at(-1)?.map(({ state }) => state)).toEqual([
    'failed',
    'notRun',
    'notRun',
    'notRun',
    'notRun',
  ]);
  expect(office365.state).toBe('connecting');
  expect(label.tag).toBe('connecting');
});

test('does not connect a tenant that does not answer as itself', async () => {
  world.microsoft.outcomes = { organization: { state: 'failed' } };
  expect((await run()).office365.state).toBe('connecting');
});

test('shows a lost consent, keeps it while Microsoft is away, and clears it when the consent is back', async () => {
  await run();
  world.microsoft.outcomes = { token: { state: 'failed', consentLost: true } };
  expect((await run()).label.tag).toBe('consentLost');
  world.microsoft.outcomes = { token: { state: 'failed' } };
  expect((await run()).label.tag).toBe('consentLost');
  world.microsoft.outcomes = {};
  expect((await run()).label.tag).toBe('connected');
});

test('does not bring back a tenant that was disconnected in the middle', async () => {
  world.microsoft.onCheck = async (check) => {
    if (check === 'permissions')
      await disconnectTenant(world.deps, world.tess, {
        customerId: 'contoso',
        tenantId: TENANT_ID,
        requestId: 'off',
      });
  };
  await expect(run()).rejects.toMatchObject({ code: 'conflict' });
  const kept = (await world.deps.stores.customers.get('contoso'))?.value.office365;
  expect(kept).toMatchObject({ state: 'chosen' });
});

test('disconnecting frees the tenant, forgets its token and is audited; a repeat changes nothing', async () => {
  await run();
  const request = { customerId: 'contoso', tenantId: TENANT_ID, requestId: 'off' };
  const first = await disconnectTenant(world.deps, world.tess, request);
  expect(office365Label(first.value.office365).tag).toBe('notConnected');
  expect(await world.deps.stores.customers.find('tenantId', TENANT_ID)).toBeUndefined();
  expect(await disconnectTenant(world.deps, world.tess, request)).toEqual(first);
  const audit = (await world.deps.stores.audit.list({ limit: 100 })).items.map(({ value }) => value);
  expect(audit.filter(({ action }) => action === 'tenant.disconnect')).toEqual([
    expect.objectContaining({ outcome: 'done', before: `Contoso (${TENANT_ID})` }),
  ]);
});

test('refuses a test or a disconnection without the permission', async () => {
  const request = { customerId: 'contoso', requestId: 'x' };
  const approver = actor('ann', 'approver');
  await expect(runChecks(world.deps, approver, request, () => undefined)).rejects.toMatchObject({
    code: 'notAllowed',
  });
  await expect(
    disconnectTenant(world.deps, approver, { ...request, tenantId: TENANT_ID }),
  ).rejects.toMatchObject({ code: 'notAllowed' });
});
