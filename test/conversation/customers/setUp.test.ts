import type { Customer } from '../../../domain/customers/customer';
import { administratorSignsIn, confirmsTenant } from '../../helpers/botWorld/administrator';
import { buttonsOf, textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { enrolledAgent } from '../../helpers/botWorld/enrolledAgent';
import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const online = (customer: Customer, since: number): Customer => ({
  ...customer,
  activeDirectory: { state: 'online', since, agents: 'well' },
});
let tess: Seat;
let contoso: string;
beforeEach(async () => {
  tess = world.seat(world.site.tess);
  contoso = await addsCustomer(tess, 'Contoso');
});

it('shows how far a customer is, with the next step open', async () => {
  expect((await tess.says('set up contoso')).text).toMatch(/Set up Contoso.*1 of 4 steps done/);
  expect(buttonsOf(tess.card.card)).toContain('Connect Microsoft 365');
});

it('a step is skipped, opened and done on the same card', async () => {
  await tess.says('set up Contoso');
  const { id } = tess.card;
  await tess.clicks(tess.card, 'Skip');
  expect(buttonsOf(tess.card.card)).toContain('Show install command');
  await tess.clicks(tess.card, 'Alerts');
  await tess.clicks(tess.card, 'Get alerts here');
  expect(tess.card.id).toBe(id);
  expect(tess.reads).toContain('come to this chat');
  expect((await world.bot.stores.subscriptions.get('a:Tess'))?.value.customers).toEqual([contoso]);
});

it('a second click on alerts changes nothing', async () => {
  await tess.says('set up Contoso');
  await tess.clicks(tess.card, 'Alerts');
  const old = structuredClone(tess.card);
  await tess.clicks(old, 'Get alerts here');
  await tess.clicks(old, 'Get alerts here');
  expect((await world.bot.stores.subscriptions.get('a:Tess'))?.value.customers).toEqual([contoso]);
});

it('a customer that is left out of the alerts for all has no alerts here yet', async () => {
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  await tess.says('notify stop Contoso');
  expect((await tess.says('set up Contoso')).text).toContain('1 of 4 steps done');
});

it('shows what a server calls itself without anything to click', async () => {
  const name = 'www.evil.example';
  const now = world.site.clock.now();
  const machine = { id: 'm', name, os: 'Windows' };
  await enrolledAgent(world.bot, { customerId: contoso, id: 'dc1', now }, { machine });
  await world.bot.stores.customers
    .get(contoso)
    .then((found) => found && world.bot.stores.customers.replace(found, online(found.value, now)));
  expect((await tess.says('set up Contoso')).text).toContain('online on www[.]evil.example');
  expect(tess.reads).not.toContain(name);
});

it('shows what a tenant calls itself without anything to click, on each of its cards', async () => {
  const { customers } = world.bot.stores;
  const found = await customers.get(contoso);
  const names = { tenantId: 't', displayName: 'www.evil.example', domains: ['contoso.example'] };
  const consentedBy = { objectId: 'o', name: 'www.evil.example', username: 'olu@contoso.example' };
  const tenant = { ...names, consentedBy, consentedAt: 1, checkedAt: 1, checks: [] };
  if (found)
    await customers.replace(found, { ...found.value, office365: { state: 'connected', since: 1, tenant } });
  for (const says of ['set up Contoso', 'customer Contoso']) {
    await tess.says(says);
    expect(tess.reads).toContain('www[.]evil.example');
    expect(tess.reads).not.toContain('www.evil.example');
  }
});

describe('on one card', () => {
  const shown = () => world.site.teams.in('a:Tess');
  const hybrid = () => {
    world.site.microsoft.syncEvidence = async () => ({
      onPremisesSync: 'synced',
      domains: ['contoso.example'],
      readAt: world.site.clock.now(),
    });
  };

  /** Tess clicks Save in the card that asked for the name, so that this card becomes the set-up. */
  async function adds(name: string): Promise<string> {
    await tess.says('add customer');
    await tess.clicks(tess.card, 'Save', { name });
    return tess.card.id;
  }
  const signsIn = () => administratorSignsIn(world.bot, shown());

  it('a hybrid customer is connected, confirmed, tested and gets its sync mode', async () => {
    hybrid();
    const id = await adds('Fabrikam');
    const before = shown().length;
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    expect(tess.reads).toMatch(/Set up Fabrikam.*six digits/);
    await tess.verifies(await signsIn());
    expect(tess.reads).toContain('signed in, waiting for your confirmation');
    await confirmsTenant(tess, 'Fabrikam');
    expect(tess.reads).toContain('is being tested');
    await world.bot.runner.tick();
    expect(tess.reads).toMatch(/connected to Contoso.*Proposed/s);
    await tess.clicks(tess.card, 'Save', { choice: 'azureAdConnect' });
    expect(buttonsOf(tess.card.card)).toContain('Show install command');
    expect(tess.card.id).toBe(id);
    // The button of the sign-in is the only other message.
    expect(shown()).toHaveLength(before + 1);
  });

  it('a code that is typed goes on with the card, and a word at the end of the chat says so', async () => {
    const id = await adds('Fabrikam');
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    const seen = await tess.says(await signsIn());
    expect(seen.messages.map(({ text }) => text).join()).toContain('is this its tenant?');
    expect(tess.card.id).toBe(id);
    expect(tess.reads).toContain('waiting for your confirmation');
  });

  it('a wrong name for the tenant stays beside its question, on the same card', async () => {
    await adds('Fabrikam');
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    await tess.verifies(await signsIn());
    await confirmsTenant(tess, 'Wrong');
    expect(tess.reads).toMatch(/Set up Fabrikam.*That is not the customer’s name/);
  });

  it('a failed test asks no sync question, and goes on once a test passes', async () => {
    hybrid();
    await adds('Fabrikam');
    world.site.microsoft.outcomes.directoryRole = {
      state: 'failed',
      finding: 'No role.',
      cure: 'Assign one.',
    };
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    await tess.verifies(await signsIn());
    await confirmsTenant(tess, 'Fabrikam');
    await world.bot.runner.tick();
    expect(tess.reads).toMatch(/No role\. .*Assign one\./);
    expect(tess.reads).not.toContain('Proposed');
    world.site.microsoft.outcomes = {};
    await tess.clicks(tess.card, 'Test again');
    await world.bot.runner.tick();
    expect(tess.reads).toMatch(/Set up Fabrikam.*Proposed/s);
  });

  it('cancelled or left in the middle, it shows its steps again and can go on', async () => {
    const id = await adds('Fabrikam');
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    await tess.clicks(tess.card, 'Cancel');
    expect(tess.card.id).toBe(id);
    expect(buttonsOf(tess.card.card)).toContain('Connect Microsoft 365');
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    await tess.says('customers');
    await tess.clicks(tess.card, 'Discard');
    const card = shown().find((message) => message.id === id);
    expect(buttonsOf(card?.card)).toContain('Connect Microsoft 365');
  });

  it('a customer that was removed meanwhile leaves no card with buttons', async () => {
    const id = await adds('Fabrikam');
    await tess.clicks(tess.card, 'Connect Microsoft 365');
    const ada = world.seat(world.site.ada);
    await ada.says('remove customer Fabrikam');
    await ada.says('Fabrikam');
    await tess.says('cancel');
    expect(buttonsOf(shown().find((message) => message.id === id)?.card)).toEqual([]);
  });

  it('changes in place when somebody else does a step, and not while a question stands on it', async () => {
    await tess.installs();
    const id = await adds('Fabrikam');
    const face = () => textOf(shown().find((message) => message.id === id)?.card);
    const tom = world.seat(world.site.tom);
    await tom.says('add active directory Fabrikam');
    await world.bot.notifications.run();
    expect(face()).toContain('waiting for its agent');
    const card = () => shown().find((message) => message.id === id);
    await tess.clicks(card(), 'Microsoft 365');
    await tess.clicks(card(), 'Connect Microsoft 365');
    await tom.says('rename customer Fabrikam to Fabrikam Ltd');
    await world.bot.notifications.run();
    expect(face()).toContain('[Confirm code]');
    await tess.says('cancel');
    expect(face()).toContain('Set up Fabrikam Ltd');
    await tom.says('rename customer Fabrikam Ltd to Northwind');
    await world.bot.notifications.run();
    expect(face()).toContain('Set up Northwind');
    expect(face()).not.toContain('Fabrikam');
  });

  it('tells a person who lost the role nothing more', async () => {
    await tess.installs();
    const id = await adds('Fabrikam');
    await world.bot.stores.people.remove(world.site.tess.id ?? '');
    await world.seat(world.site.tom).says('rename customer Fabrikam to Northwind');
    await world.bot.notifications.run();
    expect(textOf(shown().find((message) => message.id === id)?.card)).toContain('Set up Fabrikam');
  });
});
