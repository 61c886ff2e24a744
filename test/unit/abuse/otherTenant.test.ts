import type { Customer } from '../../../domain/customers/customer';
import { chooseSync } from '../../../domain/sync/chooseSync';
import type { SyncEvidence } from '../../../domain/sync/syncMode';
import { disconnectTenant } from '../../../domain/tenants/disconnectTenant';
import {
  connectByCode,
  type SignInWorld,
  signInToCode,
  signInWorld,
  TENANT_ID,
} from '../../helpers/cloud/signInWorld';

const OTHER = '00000000-0000-4000-8000-00000000000b';
const evidence: SyncEvidence = { onPremisesSync: 'synced', domains: [], readAt: 0 };

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
  await connect(TENANT_ID);
});

async function connect(tenantId: string): Promise<Customer> {
  world.microsoft.admin = { ...world.microsoft.admin, tenantId };
  world.clock.advance(1000);
  const code = await signInToCode(world);
  return (await connectByCode(world, { conversationKey: 'chat', customerId: 'contoso', code })).value;
}

const disconnect = (tenantId: string) =>
  disconnectTenant(world.deps, world.tess, { customerId: 'contoso', tenantId, requestId: `off ${tenantId}` });

const choose = (tenantId: string | undefined) =>
  chooseSync(world.deps, world.tess, {
    customerId: 'contoso',
    ...(tenantId && { tenantId }),
    mode: 'azureAdConnect',
    evidence,
    requestId: `choose ${tenantId}`,
  });

const contoso = async () => (await world.deps.stores.customers.get('contoso'))?.value;

test('a confirmation that showed one tenant does not disconnect the one that came in its place', async () => {
  await disconnect(TENANT_ID);
  await connect(OTHER);
  const before = await contoso();
  await expect(disconnect(TENANT_ID)).rejects.toMatchObject({ code: 'conflict' });
  expect(await contoso()).toEqual(before);
  await disconnect(OTHER);
  expect((await contoso())?.office365.state).toBe('chosen');
});

test('a sync choice made on what one tenant said is not kept for another', async () => {
  await connect(OTHER);
  const before = await contoso();
  for (const shown of [TENANT_ID, undefined])
    await expect(choose(shown)).rejects.toMatchObject({ code: 'conflict' });
  expect(await contoso()).toEqual(before);
  expect((await choose(OTHER)).value.sync?.mode).toBe('azureAdConnect');
});

test('another tenant has its sync chosen anew; connecting the same one again keeps the choice', async () => {
  await choose(TENANT_ID);
  expect((await connect(TENANT_ID)).sync?.mode).toBe('azureAdConnect');
  expect(await connect(OTHER)).not.toHaveProperty('sync');
});
