import type { SyncEvidence } from '../../../domain/sync/syncMode';
import { administratorSignsIn, confirmsTenant } from '../../helpers/botWorld/administrator';
import { nodesOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const sync = async () => (await world.bot.stores.customers.get(contoso))?.value.sync;
const says = (onPremisesSync: SyncEvidence['onPremisesSync']) => {
  world.site.microsoft.syncEvidence = async () => ({
    onPremisesSync,
    domains: ['contoso.example'],
    syncedUsers: 12,
    cloudOnlyUsers: 3,
    lastDirectorySyncAt: world.site.clock.now() - 60_000,
    readAt: world.site.clock.now(),
  });
};

let tess: Seat;
let contoso: string;

async function connected(sources: string): Promise<void> {
  tess = world.seat(world.site.tess);
  contoso = await addsCustomer(tess, 'Contoso', sources);
  await tess.says(await administratorSignsIn(world.bot, world.site.teams.in('a:Tess')));
  await confirmsTenant(tess);
  await world.bot.runner.tick();
}

it('starts by itself for a hybrid customer, shows the evidence and proposes a choice', async () => {
  says('synced');
  await connected('both');
  expect(tess.reads).toMatch(/Proposed: .*Entra Connect syncs passwords/);
  expect(tess.reads).toMatch(/12 synced, 3 cloud-only/);
  expect((await tess.clicks(tess.card, 'Save')).text).toContain('Contoso: Entra Connect syncs passwords');
  expect(await sync()).toMatchObject({
    mode: 'azureAdConnect',
    proposed: 'azureAdConnect',
    chosenBy: { name: 'Tess' },
  });
});

it('starts by itself when only the tenant reports a sync, and not for a cloud-only one', async () => {
  says('synced');
  await connected('office365');
  expect(tess.reads).toContain('Proposed');
  says('never');
  const second = await addsCustomer(await left(), 'Fabrikam', 'office365');
  expect(second).not.toBe(contoso);
  world.site.microsoft.admin = {
    ...world.site.microsoft.admin,
    tenantId: '00000000-0000-4000-8000-0000000000bb',
  };
  await tess.says(await administratorSignsIn(world.bot, world.site.teams.in('a:Tess')));
  await confirmsTenant(tess, 'Fabrikam');
  await world.bot.runner.tick();
  expect(tess.reads).toContain('Fabrikam is connected to Microsoft 365');
});

async function left(): Promise<Seat> {
  await tess.says('cancel');
  return tess;
}

it('does not interrupt a person in another dialog', async () => {
  says('synced');
  tess = world.seat(world.site.tess);
  contoso = await addsCustomer(tess, 'Contoso', 'both');
  await tess.says(await administratorSignsIn(world.bot, world.site.teams.in('a:Tess')));
  await confirmsTenant(tess);
  await tess.says('rename customer Contoso');
  await world.bot.runner.tick();
  const said = world.site.teams.in('a:Tess').at(-1)?.text;
  expect(said).toContain('When you are done here, type “sync options Contoso”');
  await tess.says('Fabrikam');
  expect(tess.reads).toContain('is now called Fabrikam');
});

it('requires a reason for a choice against the evidence, and records it in the audit trail', async () => {
  says('synced');
  await connected('both');
  expect((await tess.clicks(tess.card, 'Save', { choice: 'singleSource' })).text).toContain(
    'please give the reason',
  );
  expect((await tess.clicks(tess.card, 'Save', { choice: 'singleSource', reason: '  ' })).text).toContain(
    'please give the reason',
  );
  expect(await sync()).toBeUndefined();
  world.site.clock.advance(1000);
  await tess.clicks(tess.card, 'Save', { choice: 'singleSource', reason: 'Connect is being retired' });
  expect(await sync()).toMatchObject({ mode: 'singleSource', reason: 'Connect is being retired' });
  const { items } = await world.bot.stores.audit.list({ where: { customerId: contoso }, limit: 50 });
  expect(items.map(({ value }) => value).find(({ action }) => action === 'sync.choose')).toMatchObject({
    reason: 'Connect is being retired',
    outcome: 'done',
    actor: { name: 'Tess' },
  });
  expect((await tess.says('customer Contoso')).text).toContain('because: Connect is being retired');
});

describe('after a wrong choice', () => {
  const chosen = async () =>
    (await world.bot.stores.audit.list({ where: { customerId: contoso }, limit: 50 })).items
      .map(({ value }) => value)
      .filter(({ action, outcome }) => action === 'sync.choose' && outcome === 'done');

  beforeEach(async () => {
    says('synced');
    await connected('both');
    await tess.clicks(tess.card, 'Save', { choice: 'singleSource' });
  });

  it('the proposed mode needs no reason, and the form does not insist on one', async () => {
    const reason = nodesOf(tess.card.card).find(({ id }) => id === 'reason');
    expect(reason).toBeDefined();
    expect(reason).not.toHaveProperty('isRequired');
    await tess.clicks(tess.card, 'Save', { choice: 'azureAdConnect' });
    expect((await sync())?.mode).toBe('azureAdConnect');
    expect(await sync()).not.toHaveProperty('reason');
  });

  it('a reason that was typed against the proposed mode is not recorded for it', async () => {
    await tess.clicks(tess.card, 'Save', { choice: 'azureAdConnect', reason: 'Connect is being retired' });
    expect(await sync()).not.toHaveProperty('reason');
    expect(await chosen()).toHaveLength(1);
    expect((await chosen())[0]).not.toHaveProperty('reason');
  });
});

it('a reason that was taken back does not come back with the next choice', async () => {
  says('synced');
  await connected('both');
  await tess.clicks(tess.card, 'Save', { choice: 'azureAdConnect' });
  await tess.says('sync options Contoso');
  await tess.clicks(tess.card, 'Save', { choice: 'singleSource', reason: 'Connect is being retired' });
  await tess.clicks(tess.card, 'Back');
  const { text } = await tess.clicks(tess.card, 'Save', {
    choice: 'syncActiveDirectoryWithAzureAd',
    reason: '',
  });
  expect(text).toContain('please give the reason');
});

it('says what a change will do before it happens, and lets the person leave', async () => {
  says('never');
  await connected('both');
  await tess.clicks(tess.card, 'Save', { choice: 'singleSource' });
  await tess.says('sync options Contoso');
  const { text } = await tess.clicks(tess.card, 'Save', { choice: 'syncActiveDirectoryWithAzureAd' });
  expect(text).toContain('Keyturn will write each reset to Active Directory and to Microsoft 365.');
  expect((await sync())?.mode).toBe('singleSource');
  await tess.clicks(tess.card, 'Keep “One directory only”');
  expect((await sync())?.mode).toBe('singleSource');
  await tess.says('sync options Contoso');
  await tess.clicks(tess.card, 'Save', { choice: 'syncActiveDirectoryWithAzureAd' });
  await tess.clicks(tess.card, 'Change to “Keyturn writes to both”');
  expect((await sync())?.mode).toBe('syncActiveDirectoryWithAzureAd');
});

it('refuses with a sentence while there is nothing to sync', async () => {
  tess = world.seat(world.site.tess);
  await addsCustomer(tess, 'Contoso', 'later');
  expect((await tess.says('sync options Contoso')).text).toContain('has nothing to sync yet');
});
