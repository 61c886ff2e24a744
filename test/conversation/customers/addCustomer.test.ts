import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const names = async () =>
  (await world.bot.stores.customers.list({ limit: 100 })).items.map(({ value }) => value.name);
const HOUR = 60 * 60 * 1000;

/** Answers the first question and leaves the second one open. */
async function named(seat: Seat, name = 'Contoso'): Promise<Seat> {
  await seat.says('add customer');
  await seat.clicks(seat.card, 'Next', { name });
  return seat;
}

describe.each([
  ['activeDirectory', 'waiting', 'notChosen'],
  ['office365', 'notChosen', 'chosen'],
  ['both', 'waiting', 'chosen'],
  ['later', 'notChosen', 'notChosen'],
])('with %s', (choice, activeDirectory, office365) => {
  it('adds the customer with the chosen directories and starts connecting the first', async () => {
    const seat = await named(world.seat(world.site.tess), '  Contoso   Ltd ');
    expect(seat.reads).toContain('What shall Keyturn look after for Contoso Ltd?');
    const { text } = await seat.clicks(seat.card, 'Add customer', { choice });
    expect(text).toContain('Contoso Ltd was added.');
    expect(text.includes('Sign in')).toBe(office365 === 'chosen');
    expect(text.includes('agent')).toBe(activeDirectory === 'waiting');
    const [customer] = (await world.bot.stores.customers.list({ limit: 10 })).items;
    expect(customer?.value).toMatchObject({
      name: 'Contoso Ltd',
      activeDirectory: { state: activeDirectory },
      office365: { state: office365 },
      createdBy: { name: 'Tess' },
    });
    const audit = await world.bot.stores.audit.list({ where: { customerId: customer?.id ?? '' }, limit: 9 });
    expect(
      audit.items.map(({ value }) => value).find(({ action }) => action === 'customer.add'),
    ).toMatchObject({
      actor: { id: world.site.tess.id, name: 'Tess' },
      conversationId: 'a:Tess',
      target: 'Contoso Ltd',
      outcome: 'done',
      at: world.site.clock.now(),
    });
  });
});

it('accepts a typed name, even one that begins like a command', async () => {
  const seat = world.seat(world.site.tess);
  await seat.says('add customer');
  await seat.says('Stop & Shop');
  expect(seat.reads).toContain('What shall Keyturn look after for Stop & Shop?');
  expect((await seat.says('both')).text).toContain('Please answer on the card');
});

it('Back returns to the name and keeps it', async () => {
  const seat = await named(world.seat(world.site.tess));
  await seat.clicks(seat.card, 'Back');
  expect(JSON.stringify(seat.card.card)).toContain('"value":"Contoso"');
  await seat.clicks(seat.card, 'Next', { name: 'Fabrikam' });
  await seat.clicks(seat.card, 'Add customer', { choice: 'later' });
  expect(await names()).toEqual(['Fabrikam']);
});

it.each([
  ['', 'name'],
  ['x', 'at least 2'],
  ['n'.repeat(101), 'at most 100'],
  ['Con\u202etoso', 'text-direction'],
  ['Con\ntoso', 'line breaks'],
  ['\u200b\u200b', 'at least 2'],
])('refuses %j on the same card', async (name, problem) => {
  const seat = world.seat(world.site.tess);
  await seat.says('add customer');
  const { id } = seat.card;
  expect((await seat.clicks(seat.card, 'Next', { name })).text).toContain(problem);
  expect(seat.card.id).toBe(id);
  expect(await names()).toEqual([]);
});

it('opens the customer that already has the name, in any spelling', async () => {
  const tess = await named(world.seat(world.site.tess), 'Contoso Ltd');
  await tess.clicks(tess.card, 'Add customer', { choice: 'later' });
  const tom = await named(world.seat(world.site.tom), 'ＣＯＮＴＯＳＯ  ltd');
  expect(tom.reads).toContain('Contoso Ltd is a customer already. Nothing was added.');
  expect((await tom.clicks(tom.card, 'Open customer')).text).toContain('Tess added the customer');
});

it('two technicians who add the same name in the same second make one customer', async () => {
  const second = await world.site.start();
  const tess = await named(world.seat(world.site.tess));
  const tom = await named(world.seat(world.site.tom).at(second), 'CONTOSO');
  const seen = await Promise.all(
    [tess, tom].map((seat) => seat.clicks(seat.card, 'Add customer', { choice: 'later' })),
  );
  expect(seen.filter(({ text }) => /contoso was added\./i.test(text))).toHaveLength(1);
  expect(seen.filter(({ text }) => text.includes('is a customer already'))).toHaveLength(1);
  expect(await names()).toHaveLength(1);
});

it('cancel ends each step and says what was saved', async () => {
  const seat = world.seat(world.site.tess);
  await seat.says('add customer');
  expect((await seat.says('Cancel')).text).toMatch(/Cancelled: Add customer.*Nothing was added/s);
  await named(seat);
  expect((await seat.clicks(seat.card, 'Cancel')).text).toContain('Nothing was added.');
  expect((await seat.says('cancel')).text).toContain('Nothing to cancel');
  await named(seat);
  await seat.clicks(seat.card, 'Add customer', { choice: 'office365' });
  expect((await seat.says('cancel')).text).toContain('Contoso is kept; its Microsoft 365 was not connected');
  expect(await names()).toEqual(['Contoso']);
});

describe('an old card', () => {
  it('of a finished step changes nothing and says so', async () => {
    const seat = world.seat(world.site.tess);
    await seat.says('add customer');
    const old = structuredClone(seat.card);
    await seat.says('Contoso');
    expect((await seat.clicks(old, 'Next', { name: 'Fabrikam' })).text).toContain('This step is finished');
    const sources = structuredClone(seat.card);
    await seat.clicks(sources, 'Add customer', { choice: 'later' });
    const before = await world.changes();
    expect((await seat.clicks(sources, 'Add customer', { choice: 'both' })).text).toContain(
      'This step is finished',
    );
    expect((await seat.clicks(old, 'Cancel')).text).toContain('This step is finished');
    expect(await world.changes()).toEqual(before);
  });

  it('of another person in a group stays as it is, and its owner goes on', async () => {
    const group = { id: '19:group', kind: 'groupChat' } as const;
    const tess = await named(world.seat(world.site.tess, group));
    const tom = world.seat(world.site.tom, group);
    const { reads } = tess;
    for (const button of ['Add customer', 'Back', 'Cancel'])
      expect((await tom.clicks(tess.card, button, { choice: 'later' })).text).toContain('somebody else’s');
    await named(tom, 'Fabrikam');
    const mine = world.site.teams
      .in('19:group')
      .find(({ card }) => JSON.stringify(card).includes('look after for Contoso'));
    expect((await tom.clicks(mine, 'Cancel')).text).toContain('somebody else’s');
    expect(reads).toContain('Contoso');
    await tess.clicks(mine, 'Add customer', { choice: 'later' });
    expect(await names()).toEqual(['Contoso']);
  });
});

describe('another command in the middle', () => {
  it('asks first; for a person who stays, the bot repeats its question', async () => {
    const seat = await named(world.seat(world.site.tess));
    expect((await seat.says('customers')).text).toContain(
      'You are in the middle of Add customer. Nothing was added.',
    );
    await seat.clicks(seat.card, 'Stay');
    await seat.clicks(seat.card, 'Add customer', { choice: 'later' });
    expect(await names()).toEqual(['Contoso']);
  });

  it('runs for a person who leaves, and the question works once', async () => {
    const seat = await named(world.seat(world.site.tess));
    await seat.says('customers');
    const question = structuredClone(seat.card);
    expect((await seat.clicks(question, 'Leave')).text).toMatch(/Left: Add customer.*No customers yet/s);
    expect((await seat.clicks(question, 'Leave')).text).toContain('answered already');
    expect((await seat.clicks(question, 'Stay')).text).toContain('answered already');
  });

  it('answers at once when it is “help”, and leaves the question open', async () => {
    const seat = await named(world.seat(world.site.tess));
    const question = seat.card;
    expect((await seat.says('help')).text).toContain('What I can do');
    await seat.clicks(question, 'Add customer', { choice: 'later' });
    expect(await names()).toEqual(['Contoso']);
  });
});

it('a step left for 24 hours expires politely, on its own card or at the next word', async () => {
  const seat = await named(world.seat(world.site.tess));
  world.site.clock.advance(23 * HOUR);
  await seat.says('');
  world.site.clock.advance(23 * HOUR);
  await seat.clicks(seat.card, 'Back');
  world.site.clock.advance(25 * HOUR);
  expect((await seat.clicks(seat.card, 'Next', { name: 'Contoso' })).text).toMatch(
    /left for more than 24 hours.*Nothing was added/s,
  );
  await named(seat);
  world.site.clock.advance(25 * HOUR);
  expect((await seat.says('customers')).text).toMatch(/24 hours.*No customers yet/s);
  expect(await names()).toEqual([]);
});

it('a restart in the middle of any step loses nothing', async () => {
  const seat = world.seat(world.site.tess);
  await seat.says('add customer');
  const afterName = seat.at(await world.site.start());
  await afterName.clicks(afterName.card, 'Next', { name: 'Contoso' });
  const afterSources = seat.at(await world.site.start());
  await afterSources.clicks(afterSources.card, 'Add customer', { choice: 'office365' });
  const afterCode = seat.at(await world.site.start());
  expect((await afterCode.says('123456')).text).toContain('not finished yet');
  expect(await names()).toEqual(['Contoso']);
});

it('a repeated click adds one customer, under the same id or a new one', async () => {
  const seat = await named(world.seat(world.site.tess));
  const card = structuredClone(seat.card);
  await seat.clicks(card, 'Add customer', { choice: 'later' }, 'c1');
  const shown = world.site.teams.messages.length;
  expect((await seat.clicks(card, 'Add customer', { choice: 'later' }, 'c1')).text).toBe(
    'That was done already.',
  );
  expect((await seat.clicks(card, 'Add customer', { choice: 'later' }, 'c2')).text).toContain(
    'This step is finished',
  );
  expect(world.site.teams.messages).toHaveLength(shown);
  expect(await names()).toEqual(['Contoso']);
});
