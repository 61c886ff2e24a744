import { confirmsTenant } from '../../helpers/botWorld/administrator';
import { buttonsOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { CONNECT, useTenantQuestion } from '../../helpers/botWorld/useTenantQuestion';
import { TENANT_ID } from '../../helpers/cloud/signInWorld';

const { world, opened, customer, office365, signedInAs, describing, forged } = useTenantQuestion();
const DAY = 24 * 60 * 60_000;
const OTHER = '00000000-0000-4000-8000-0000000000bb';

let tess: Seat;
let contoso: string;
const trail = async () =>
  (await world.bot.stores.audit.list({ limit: 1000 })).items.map(({ value }) => value);
beforeEach(async () => {
  ({ tess, contoso } = await opened());
});

it('the card shows who signed in where, and the bot uses nothing of it before the confirmation', async () => {
  await signedInAs(TENANT_ID);
  for (const shown of [
    'Is this the tenant of Contoso?',
    'contoso.example',
    TENANT_ID,
    'Ada Admin',
    'ada@contoso.example',
  ])
    expect(tess.reads).toContain(shown);
  expect(buttonsOf(tess.card.card)).toEqual([CONNECT, 'No, discard']);
  const { microsoft } = world.site;
  const asked: string[] = [];
  microsoft.hasConsent = async () => Boolean(asked.push('consent'));
  microsoft.describe = async () => Promise.reject(new TypeError(String(asked.push('describe'))));
  microsoft.syncEvidence = async () => Promise.reject(new TypeError(String(asked.push('evidence'))));
  microsoft.passwordState = async () => Promise.reject(new TypeError(String(asked.push('password'))));
  await world.bot.runner.tick();
  for (const chore of world.bot.daily) await chore.run(new AbortController().signal);
  for (const command of ['test connection Contoso', 'sync options Contoso', 'customer Contoso'])
    await tess.says(command);
  await world.bot.runner.tick();
  expect([...asked, ...microsoft.checked]).toEqual([]);
  expect((await world.bot.stores.jobs.list({ limit: 9 })).items).toEqual([]);
  expect(await office365()).toBe('notChosen');
  expect(microsoft.forgotten).toContain(TENANT_ID);
});

it('a confirmed tenant is connected once and tested once, however often people click', async () => {
  await signedInAs(TENANT_ID);
  const question = { ...tess.card };
  await Promise.all([tess.clicks(question, CONNECT), tess.clicks(question, CONNECT)]);
  await tess.clicks(question, CONNECT);
  expect(tess.reads).toContain('You confirmed the tenant Contoso');
  expect((await world.bot.stores.jobs.list({ limit: 9 })).items).toHaveLength(1);
  expect((await trail()).filter(({ action }) => action === 'tenant.connect')).toMatchObject([
    { outcome: 'done' },
  ]);
  await world.bot.runner.tick();
  expect(await office365()).toBe('connected');
  await tess.says('cancel');
  await tess.says('disconnect office 365 Contoso');
  await tess.clicks(tess.card, 'Disconnect');
  await tess.clicks(question, CONNECT);
  expect(await office365()).toBe('chosen');
});

it('a discarded tenant leaves nothing but the audit record', async () => {
  await signedInAs(TENANT_ID);
  const question = { ...tess.card };
  expect((await tess.clicks(question, 'No, discard')).text).toContain('was discarded');
  expect(tess.reads).toContain('stay until an administrator there removes them');
  expect((await tess.clicks(question, CONNECT)).text).toContain('This tenant was discarded');
  await tess.clicks(question, 'No, discard');
  expect(await office365()).toBe('notChosen');
  expect((await trail()).filter(({ action }) => action === 'tenant.discard')).toHaveLength(1);
});

it('a tenant that does not look like the customer’s needs the typed name of the customer', async () => {
  describing('Northwind Traders', 'northwindtraders.example');
  await signedInAs(TENANT_ID);
  expect(tess.reads).toContain('Neither the name nor a domain of this tenant looks like Contoso.');
  for (const name of ['', 'Northwind Traders', 'Contos']) {
    const seen = await tess.clicks(tess.card, CONNECT, { name });
    expect(seen.text).toContain('That is not the customer’s name.');
    expect(seen.text).toContain('northwindtraders.example');
  }
  expect(await office365()).toBe('notChosen');
  await tess.clicks(tess.card, CONNECT, { name: '  contoso ' });
  expect(await customer()).toMatchObject({
    office365: { state: 'connecting', tenant: { tenantId: TENANT_ID, displayName: 'Northwind Traders' } },
  });
});

it('a tenant other than the last one needs the typed name, even after a disconnect', async () => {
  await signedInAs(TENANT_ID);
  await confirmsTenant(tess);
  await tess.says('connect office 365 Contoso');
  await signedInAs(OTHER);
  expect(tess.reads).toContain(`was connected to another tenant before: Contoso (${TENANT_ID})`);
  expect(await customer()).toMatchObject({ office365: { tenant: { tenantId: TENANT_ID } } });
  await tess.says('disconnect office 365 Contoso');
  await tess.clicks(tess.card, 'Disconnect');
  await tess.says('confirm tenant Contoso');
  expect(tess.reads).toContain(`was connected to another tenant before: Contoso (${TENANT_ID})`);
  expect((await confirmsTenant(tess)).text).toContain('That is not the customer’s name.');
  await confirmsTenant(tess, 'Contoso');
  expect(await customer()).toMatchObject({ office365: { tenant: { tenantId: OTHER } } });
});

it('a tenant that waits for two customers goes to the first confirmed one', async () => {
  await signedInAs(TENANT_ID);
  const first = { ...tess.card };
  world.site.clock.advance(1000);
  const fabrikam = await addsCustomer(tess, 'Fabrikam', 'office365');
  await signedInAs(TENANT_ID);
  await tess.clicks(first, CONNECT);
  const { text } = await confirmsTenant(tess, 'Fabrikam');
  expect(text).toContain('already connected to another customer');
  expect([await office365(), await office365(fabrikam)]).toEqual(['connecting', 'notChosen']);
});

describe('the bot refuses', () => {
  beforeEach(async () => {
    await signedInAs(TENANT_ID);
  });
  afterEach(async () => {
    expect(await office365()).toBe('notChosen');
    expect((await world.bot.stores.jobs.list({ limit: 9 })).items).toEqual([]);
  });

  it('another person', async () => {
    const tom = world.seat(world.site.tom);
    const ada = world.seat(world.site.ada);
    for (const seat of [tom, ada]) {
      expect((await seat.executes(await forged())).text).toContain('not open any more');
      expect((await seat.says('confirm tenant Contoso')).text).toContain('waits for your confirmation');
    }
  });

  it('a technician who is now only an approver, or has no role', async () => {
    const { people } = world.bot.stores;
    const person = await people.get(world.site.tess.id ?? '');
    if (person) await people.replace(person, { ...person.value, roles: ['approver'] });
    await tess.clicks(tess.card, CONNECT);
    await people.remove(world.site.tess.id ?? '');
    await tess.clicks(tess.card, CONNECT);
  });

  it.each([
    ['another question', { proposalId: 'made-up' }],
    ['another customer', { customerId: 'made-up' }],
    ['another answer', { do: 'force' }],
    ['an object', { proposalId: { $ne: '' } }],
  ])('made-up data: %s', async (_what, more) => {
    await tess.executes(await forged(more), tess.card.id);
  });

  it('an answer in a group chat', async () => {
    const group = world.seat(world.site.tess, { id: '19:group', kind: 'groupChat' });
    expect((await group.executes(await forged())).text).toContain('in our personal chat');
  });

  it('an answer after 24 hours, when the question has expired', async () => {
    world.site.clock.advance(DAY);
    expect((await tess.clicks(tess.card, CONNECT)).text).toContain('older than 24 hours');
    expect(await world.bot.stores.tenantProposals.get(contoso)).toBeUndefined();
  });

  it('a card whose question a newer sign-in has replaced', async () => {
    const stale = { ...tess.card };
    await tess.says('connect office 365 Contoso');
    world.site.clock.advance(1000);
    await signedInAs(OTHER);
    expect((await tess.clicks(stale, CONNECT)).text).toContain('not open any more');
  });

  it('an answer for a removed customer', async () => {
    const found = await world.bot.stores.customers.get(contoso);
    if (found) await world.bot.stores.customers.replace(found, { ...found.value, status: 'removed' });
    expect((await tess.clicks(tess.card, CONNECT)).text).toContain('not here any more');
  });
});

it('after a crash between the connection and its tests, the next click starts the tests', async () => {
  await signedInAs(TENANT_ID);
  const dying = await world.site.start((stores) => ({
    ...stores,
    jobs: Object.assign(Object.create(stores.jobs), {
      insert: async () => Promise.reject(new RangeError('gone')),
    }),
  }));
  await tess.at(dying).clicks(tess.card, CONNECT);
  expect((await world.bot.stores.jobs.list({ limit: 9 })).items).toEqual([]);
  await tess.clicks(tess.card, CONNECT);
  await world.bot.runner.tick();
  expect(await office365()).toBe('connected');
});

it('the customer’s card names the person who has to confirm', async () => {
  await signedInAs(TENANT_ID);
  await tess.says('customer Contoso');
  expect(tess.reads).toContain('before you confirm the tenant');
  await tess.clicks(tess.card, 'Confirm tenant');
  expect(tess.reads).toContain('Is this the tenant of Contoso?');
  const tom = world.seat(world.site.tom);
  await tom.says('customer Contoso');
  expect(tom.reads).toContain('Tess has to confirm the tenant');
  expect(buttonsOf(tom.card.card)).not.toContain('Confirm tenant');
  await confirmsTenant(tess);
  await tom.says('customer Contoso');
  expect(tom.reads).not.toContain('confirm the tenant');
});
