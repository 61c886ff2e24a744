import { buttonsOf, nodesOf, textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const DAY = 24 * 60 * 60 * 1000;

describe('a customer’s card', () => {
  const primary = (card: Parameters<typeof nodesOf>[0]) =>
    nodesOf(card).flatMap(({ style, title }) => (style === 'positive' ? [String(title)] : []));

  it('shows where it stands, the next thing to do, the last change, and what this person may do', async () => {
    const id = await addsCustomer(world.seat(world.site.tess), 'Contoso', 'activeDirectory');
    const admin = await world.seat(world.site.ada).says('customer contoso');
    expect(admin.text).toMatch(/No\sAD\sagent\syet.*install the agent.*Last change: Tess/s);
    expect(primary(admin.card)).toEqual(['Continue']);
    expect(admin.text).toMatch(/\[Connect Microsoft 365\].*\[Rename\].*\[Remove customer\]$/s);
    const set = await world.seat(world.site.ada).clicks(world.seat(world.site.ada).card, 'Continue');
    expect(set.text).toContain('Set up Contoso');
    expect(JSON.stringify(set.card)).toContain(id);
  });

  it('offers at most three actions in sight, and what is hard to undo last', async () => {
    await addsCustomer(world.seat(world.site.tess), 'Contoso', 'activeDirectory');
    const { card } = await world.seat(world.site.ada).says('customer contoso');
    const menu = nodesOf(card).find(({ actions }) => JSON.stringify(actions)?.includes('Action.ShowCard'));
    const inSight = ((menu?.actions ?? []) as { type: string }[]).filter(
      ({ type }) => type === 'Action.Execute',
    );
    expect(inSight.length).toBeLessThanOrEqual(3);
    const styles = nodesOf(card).flatMap(({ type, style }) => (type === 'Action.Execute' ? [style] : []));
    expect(styles.at(-1)).toBe('destructive');
    expect(styles.indexOf('destructive')).toBe(
      styles.length - styles.filter((each) => each === 'destructive').length,
    );
  });

  it('tells an approver what is to be done, and offers only what an approver may do', async () => {
    await addsCustomer(world.seat(world.site.tess), 'Contoso');
    const approver = await world.seat(world.site.abe).says('customer contoso');
    expect(approver.text).toContain('What should Keyturn manage for Contoso?');
    expect(buttonsOf(approver.card)).toEqual(['Alerts']);
  });
});

it('a word in the names of several customers asks which of them', async () => {
  const tess = world.seat(world.site.tess);
  for (const name of ['Contoso East', 'Contoso West', 'Fabrikam']) await addsCustomer(tess, name);
  expect((await tess.says('customer contoso')).text).toContain('More than one customer');
  expect(buttonsOf(tess.card.card)).toEqual(['Contoso East', 'Contoso West']);
  expect((await tess.says('customer fabri')).text).toContain('Fabrikam');
  expect((await tess.says('customer [x](http://evil)')).text).toContain('No customer is called');
});

it('a name of nobody offers to add a customer, but not where the customer would be removed', async () => {
  const ada = world.seat(world.site.ada);
  await ada.says('customer tailwind');
  expect(buttonsOf(ada.card.card)).toEqual(['All customers', 'Add customer']);
  await ada.says('remove customer tailwind');
  expect(buttonsOf(ada.card.card)).toEqual(['All customers']);
});

describe('renaming', () => {
  it('keeps the old name in the history', async () => {
    const tess = world.seat(world.site.tess);
    await addsCustomer(tess, 'Contoso');
    await tess.says('rename customer contoso');
    await tess.clicks(tess.card, 'Rename', { name: 'Fabrikam' });
    expect(tess.reads).toContain('Contoso is now called Fabrikam.');
    expect((await tess.says('customer fabrikam')).text).toContain('renamed it from Contoso to Fabrikam');
    expect((await tess.says('customer contoso')).text).toContain('No customer is called');
  });

  it('takes the new name with the command, and does not ask for it', async () => {
    const tess = world.seat(world.site.tess);
    const id = await addsCustomer(tess, 'Contoso');
    expect((await tess.says('please rename contoso to Contoso Ltd')).text).toContain(
      'is now called Contoso Ltd.',
    );
    expect((await world.bot.stores.customers.get(id))?.value.name).toBe('Contoso Ltd');
    await addsCustomer(tess, 'Fabrikam');
    expect((await tess.says('rename fabrikam to contoso ltd')).text).toContain('already has this name');
    expect((await tess.says('Fabrikam Dental')).text).toContain('is now called Fabrikam Dental.');
    expect((await tess.says('rename fabrikam to F')).text).toContain('at least 2');
  });

  it('refuses a taken name and invalid names, on the same card', async () => {
    const tess = world.seat(world.site.tess);
    await addsCustomer(tess, 'Contoso');
    await addsCustomer(tess, 'Fabrikam');
    await tess.says('rename customer contoso');
    expect((await tess.clicks(tess.card, 'Rename', { name: 'FABRIKAM' })).text).toContain(
      'already has this name',
    );
    expect((await tess.clicks(tess.card, 'Rename', { name: 'F' })).text).toContain('at least 2');
    expect((await tess.says('cancel')).text).toContain('Contoso keeps its name.');
  });
});

describe('removing', () => {
  const removed = async () => {
    const ada = world.seat(world.site.ada);
    const id = await addsCustomer(ada, 'Contoso', 'activeDirectory');
    await ada.says('remove customer contoso');
    expect((await ada.clicks(ada.card, 'Remove Contoso', { name: 'Contos' })).text).toContain(
      'not this customer’s name',
    );
    expect((await ada.clicks(ada.card, 'Remove Contoso', { name: ' contoso ' })).text).toContain(
      'Contoso was removed.',
    );
    return { ada, id, card: ada.card };
  };

  it('asks for the typed name, says what stays in place, and hides the customer', async () => {
    const { ada, id } = await removed();
    expect(ada.reads).toContain('An agent installed on the customer’s server stays installed');
    expect((await ada.says('customers')).text).toContain('No customers yet.');
    expect((await ada.executes({ verb: 'customer', data: { customerId: id } })).text).toContain(
      'not here any more',
    );
  });

  it('can be undone for 30 days, with its button or from the list of removed customers', async () => {
    const { ada, id, card } = await removed();
    world.site.clock.advance(30 * DAY - 1);
    expect((await ada.says('removed customers')).text).toContain('[Restore Contoso]');
    expect((await ada.clicks(card, 'Restore')).text).toContain('Restored as it was.');
    expect((await ada.clicks(card, 'Restore')).text).toContain('Restored as it was.');
    const { items } = await world.bot.stores.audit.list({ where: { customerId: id }, limit: 50 });
    expect(items.filter(({ value }) => value.action === 'customer.restore')).toHaveLength(1);
  });

  it('cannot be undone after 30 days', async () => {
    const { ada, card } = await removed();
    world.site.clock.advance(30 * DAY);
    expect((await ada.clicks(card, 'Restore')).text).toContain('can no longer be restored');
    expect((await ada.says('restore')).text).toContain('nothing to restore');
  });

  it('cannot be undone while another customer has the name', async () => {
    const { ada, card } = await removed();
    await addsCustomer(ada, 'CONTOSO');
    expect((await ada.clicks(card, 'Restore')).text).toContain('Another customer has this name now');
  });
});

it('an old card of a removed customer changes nothing', async () => {
  const ada = world.seat(world.site.ada);
  await addsCustomer(ada, 'Contoso');
  const opened = await ada.says('customer contoso');
  const message = opened.messages[0];
  await ada.says('remove customer contoso');
  await ada.says('Contoso');
  const before = await world.changes();
  for (const button of buttonsOf(opened.card))
    expect((await ada.clicks(message, button)).text).toContain('not here any more');
  expect(await world.changes()).toEqual(before);
  expect(textOf(opened.card)).toContain('Contoso');
});
