import { buttonsOf, nodesOf } from '../../helpers/botWorld/cardReader';
import { rowsOf } from '../../helpers/botWorld/customers';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const LARGEST_MESSAGE = 28 * 1024;

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
    const pages = [rowsOf(seat.card.card)];
    while (buttonsOf(seat.card.card).some((title) => title.startsWith('Next ›'))) {
      await seat.clicks(seat.card, 'Next ›');
      pages.push(rowsOf(seat.card.card));
    }
    expect(pages.flat()).toEqual(names);
    expect(seat.reads).toContain('97–100 of 100');
    // The card remembers the last pages only; from there the way back begins again.
    for (const page of pages.slice(0, -1).reverse().slice(0, 5)) {
      await seat.clicks(seat.card, '‹ Previous');
      expect(rowsOf(seat.card.card)).toEqual(page);
    }
    for (let n = 0; n < 20 && buttonsOf(seat.card.card).some((title) => title.startsWith('‹')); n++)
      await seat.clicks(seat.card, '‹ Previous');
    expect(rowsOf(seat.card.card)).toEqual(pages[0]);
    expect(world.site.teams.in('a:Abe')).toHaveLength(1);
  });

  it('sorts by name and by last change, and searches', async () => {
    await fill(20);
    const seat = world.seat(world.site.abe);
    await seat.says('customers');
    await seat.clicks(seat.card, 'Sort by last change');
    expect(rowsOf(seat.card.card)[0]).toBe('Customer 019');
    await seat.clicks(seat.card, 'Sort by name');
    expect(rowsOf(seat.card.card)[0]).toBe('Customer 000');
    await seat.clicks(seat.card, 'Search', { search: ' ER  01 ' });
    expect(rowsOf(seat.card.card)).toHaveLength(8);
    await seat.clicks(seat.card, 'Search', { search: 'CUSTOMER  01' });
    expect(rowsOf(seat.card.card)).toHaveLength(8);
    await seat.clicks(seat.card, 'Search', { search: '%_*.' });
    expect(seat.reads).toContain('No customer’s name contains');
    await seat.clicks(seat.card, 'Show all');
    expect(seat.reads).toContain('1–8 of 20');
    expect(world.site.teams.in('a:Abe')).toHaveLength(1);
  });

  it('answers a search in a new message when Teams does not say on which card it was typed', async () => {
    await fill(9);
    const value = { verb: 'customers', search: '003', sort: 'name', page: '' };
    const { card } = await world.seat(world.site.abe).does({ type: 'message', value });
    expect(rowsOf(card)).toEqual(['Customer 003']);
  });

  it('says that no customer needs attention, also of those that a search finds', async () => {
    await fill(3);
    const seat = world.seat(world.site.abe);
    await seat.says('customers');
    const filter = nodesOf(seat.card.card).find(({ title }) => title === 'Show 0 need attention');
    await seat.executes(filter, seat.card.id);
    expect(seat.reads).toContain('No customer needs attention.');
    await seat.clicks(seat.card, 'Search', { search: '001' });
    expect(seat.reads).toContain('None of these names contains “001”.');
  });

  it('says how many need attention, and shows them alone until the filter is chosen again', async () => {
    await fill(20);
    for (const name of ['Customer 007', 'Customer 011']) {
      const found = await world.bot.stores.customers.find('nameKey', name.toLowerCase());
      if (!found) throw new Error('it is not there');
      const offline = { ...found.value, activeDirectory: { state: 'offline', since: 1 } } as const;
      await world.bot.stores.customers.replace(found, offline);
    }
    const seat = world.seat(world.site.abe);
    expect((await seat.says('customers')).text).toMatch(/2 need attention.* 0 connected.* 18 not set up/);
    const filter = nodesOf(seat.card.card).find(({ title }) => title === 'Show 2 need attention');
    await seat.executes(filter, seat.card.id);
    expect(rowsOf(seat.card.card)).toEqual(['Customer 007', 'Customer 011']);
    expect(seat.reads).toMatch(/^Customers that need attention.*Agent offline/);
    await seat.clicks(seat.card, 'Search', { search: '011' });
    expect(rowsOf(seat.card.card)).toEqual(['Customer 011']);
    await seat.clicks(seat.card, 'Show all');
    expect(rowsOf(seat.card.card)).toHaveLength(8);
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
    for (let n = 0; n < 12; n++) await seat.clicks(seat.card, 'Next ›');
    expect(seat.reads).toContain('97–104 of 10,000');
    expect(Buffer.byteLength(JSON.stringify(seat.card.card), 'utf16le')).toBeLessThan(LARGEST_MESSAGE);
  });
});
