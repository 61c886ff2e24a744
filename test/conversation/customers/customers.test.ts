import { buttonsOf, nodesOf, textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const DAY = 24 * 60 * 60 * 1000;
const LARGEST_MESSAGE = 28 * 1024;

const rows = (card: Parameters<typeof nodesOf>[0]) =>
  nodesOf(card).flatMap(({ weight, color, text }) =>
    weight === 'bolder' && color === 'accent' ? [String(text)] : [],
  );

describe('the list', () => {
  const fill = async (many: number) => {
    const names = Array.from({ length: many }, (_, n) => `Customer ${String(n).padStart(3, '0')}`);
    for (const [n, name] of names.entries()) {
      const customer = sampleCustomer(name, { changedAt: n });
      await world.bot.stores.customers.insert(customer.id, customer);
    }
    return names;
  };

  it('is empty at first, and offers “add” to people who may add customers', async () => {
    expect((await world.seat(world.site.tess).says('customers')).text).toMatch(
      /No customers yet.*\[Add customer\]/,
    );
    expect((await world.seat(world.site.abe).says('customers')).text).not.toContain('[Add customer]');
  });

  it('goes forward through every page and back to the first, on one card', async () => {
    const names = await fill(100);
    const seat = world.seat(world.site.abe);
    await seat.says('customers');
    const pages = [rows(seat.card.card)];
    while (buttonsOf(seat.card.card).some((title) => title.startsWith('Next page'))) {
      await seat.clicks(seat.card, 'Next page');
      pages.push(rows(seat.card.card));
    }
    expect(pages.flat()).toEqual(names);
    expect(seat.reads).toContain('97–100 of 100');
    // The card remembers the last pages only; from there the way back begins again.
    for (const page of pages.slice(0, -1).reverse().slice(0, 7)) {
      await seat.clicks(seat.card, '‹ Previous page');
      expect(rows(seat.card.card)).toEqual(page);
    }
    for (let n = 0; n < 20 && buttonsOf(seat.card.card).some((title) => title.startsWith('‹')); n++)
      await seat.clicks(seat.card, '‹ Previous page');
    expect(rows(seat.card.card)).toEqual(pages[0]);
    expect(world.site.teams.in('a:Abe')).toHaveLength(1);
  });

  it('sorts by name and by last change, and searches', async () => {
    await fill(20);
    const seat = world.seat(world.site.abe);
    await seat.says('customers');
    await seat.clicks(seat.card, 'Sort by last change');
    expect(rows(seat.card.card)[0]).toBe('Customer 019');
    await seat.clicks(seat.card, 'Sort by name');
    expect(rows(seat.card.card)[0]).toBe('Customer 000');
    await seat.clicks(seat.card, 'Search', { search: ' ER  01 ' });
    expect(rows(seat.card.card)).toHaveLength(8);
    await seat.clicks(seat.card, 'Search', { search: 'CUSTOMER  01' });
    expect(rows(seat.card.card)).toHaveLength(8);
    await seat.clicks(seat.card, 'Search', { search: '%_*.' });
    expect(seat.reads).toContain('No customer’s name contains');
    await seat.clicks(seat.card, 'Show all');
    expect(seat.reads).toContain('1–8 of 20');
  });

  it.each(['nonsense', '{"leftOut":-1,"cursors":["x"]}', '{"leftOut":0,"cursors":["x"]}', '[]', 'null'])(
    'a made-up page %s shows the first page',
    async (page) => {
      await fill(10);
      const { text } = await world
        .seat(world.site.abe)
        .executes({ verb: 'customers', data: { page, sort: 'odd' } });
      expect(text).not.toContain('Something went wrong');
    },
  );

  it('fits into a message with 10,000 customers of the longest names', async () => {
    const long = (n: number) => `${String(n).padStart(5, '0')} ${'Ω'.repeat(94)}`;
    await Promise.all(
      Array.from({ length: 10_000 }, (_, n) => {
        const customer = sampleCustomer(long(n), { changedAt: n });
        return world.bot.stores.customers.insert(customer.id, customer);
      }),
    );
    const seat = world.seat(world.site.tess);
    await seat.says('customers');
    for (let n = 0; n < 12; n++) await seat.clicks(seat.card, 'Next page');
    expect(seat.reads).toContain('97–104 of 10,000');
    expect(Buffer.byteLength(JSON.stringify(seat.card.card), 'utf16le')).toBeLessThan(LARGEST_MESSAGE);
  });
});

it('a customer’s card shows its sources, its last changes, and what this person may do', async () => {
  await addsCustomer(world.seat(world.site.tess), 'Contoso', 'both');
  const admin = (await world.seat(world.site.ada).says('customer contoso')).text;
  expect(admin).toMatch(/waiting for its agent.*not connected.*Tess.*added the customer/s);
  expect(admin).toMatch(/\[Connect Office 365\].*\[Rename\].*\[Remove\]/s);
  const approver = await world.seat(world.site.abe).says('customer contoso');
  expect(buttonsOf(approver.card)).toEqual(['Notify me']);
});

it('a word in the names of several customers asks which of them', async () => {
  const tess = world.seat(world.site.tess);
  for (const name of ['Contoso East', 'Contoso West', 'Fabrikam']) await addsCustomer(tess, name);
  expect((await tess.says('customer contoso')).text).toContain('More than one customer');
  expect(buttonsOf(tess.card.card)).toEqual(['Contoso East', 'Contoso West']);
  expect((await tess.says('customer fabri')).text).toContain('Fabrikam');
  expect((await tess.says('customer [x](http://evil)')).text).toContain('No customer is called');
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
    expect((await ada.clicks(ada.card, 'Remove', { name: 'Contos' })).text).toContain(
      'not this customer’s name',
    );
    expect((await ada.clicks(ada.card, 'Remove', { name: ' contoso ' })).text).toContain(
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
    expect((await ada.clicks(card, 'Restore')).text).toContain('Another customer has this name by now');
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
