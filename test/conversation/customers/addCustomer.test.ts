import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const names = async () =>
  (await world.bot.stores.customers.list({ limit: 100 })).items.map(({ value }) => value.name);
const HOUR = 60 * 60 * 1000;

/** Asks to add a customer and leaves the question open. */
async function asked(seat: Seat): Promise<Seat> {
  await seat.says('add customer');
  return seat;
}
const saves = (seat: Seat, name = 'Contoso') => seat.clicks(seat.card, 'Save', { name });

it('Save adds the customer at once, and the same card shows how it is set up', async () => {
  const seat = await asked(world.seat(world.site.tess));
  const { id } = seat.card;
  const { text } = await saves(seat, '  Contoso   Ltd ');
  expect(text).toMatch(/Set up Contoso Ltd.*Contoso Ltd was added\./);
  expect(seat.card.id).toBe(id);
  const [customer] = (await world.bot.stores.customers.list({ limit: 10 })).items;
  expect(customer?.value).toMatchObject({
    name: 'Contoso Ltd',
    activeDirectory: { state: 'notChosen' },
    office365: { state: 'notChosen' },
    createdBy: { name: 'Tess' },
  });
  const audit = await world.bot.stores.audit.list({ where: { customerId: customer?.id ?? '' }, limit: 9 });
  expect(audit.items.map(({ value }) => value).find(({ action }) => action === 'customer.add')).toMatchObject(
    {
      actor: { id: world.site.tess.id, name: 'Tess' },
      conversationId: 'a:Tess',
      target: 'Contoso Ltd',
      outcome: 'done',
      at: world.site.clock.now(),
    },
  );
});

it('accepts a typed name, even one that begins like a command', async () => {
  const seat = await asked(world.seat(world.site.tess));
  await seat.says('Stop & Shop');
  expect(seat.reads).toContain('Set up Stop & Shop');
});

it('does not ask again for a name that came with the command', async () => {
  const seat = world.seat(world.site.tess);
  expect((await seat.says('add customer Contoso Ltd')).text).toContain('Contoso Ltd was added.');
  expect(await names()).toEqual(['Contoso Ltd']);
});

it('a name that was said without the word customer waits in the field for Save', async () => {
  const seat = world.seat(world.site.tess);
  await seat.says('add Contoso to the alerts');
  expect(await names()).toEqual([]);
  expect(JSON.stringify(seat.card.card)).toContain('"value":"Contoso to the alerts"');
  await saves(seat);
  expect(await names()).toEqual(['Contoso']);
});

it('a name that came with the command and cannot be used is kept on the card that asks', async () => {
  const seat = world.seat(world.site.tess);
  expect((await seat.says('add customer x')).text).toContain('at least 2');
  expect(JSON.stringify(seat.card.card)).toContain('"value":"x"');
  await saves(seat);
  expect(await names()).toEqual(['Contoso']);
});

it.each([
  ['', 'name'],
  ['x', 'at least 2'],
  ['n'.repeat(101), 'at most 100'],
  ['Con\u202etoso', 'text-direction'],
  ['Con\ntoso', 'line breaks'],
  ['\u200b\u200b', 'at least 2'],
])('refuses %j on the same card', async (name, problem) => {
  const seat = await asked(world.seat(world.site.tess));
  const { id } = seat.card;
  expect((await saves(seat, name)).text).toContain(problem);
  expect(seat.card.id).toBe(id);
  expect(await names()).toEqual([]);
});

it('a refused name stays in the field', async () => {
  const seat = await asked(world.seat(world.site.tess));
  await saves(seat, 'x');
  expect(JSON.stringify(seat.card.card)).toContain('"value":"x"');
});

it('opens the customer that already has the name, in any spelling', async () => {
  await saves(await asked(world.seat(world.site.tess)), 'Contoso Ltd');
  const tom = await asked(world.seat(world.site.tom));
  await saves(tom, 'ＣＯＮＴＯＳＯ  ltd');
  expect(tom.reads).toContain('Contoso Ltd is a customer already. Nothing was added.');
  expect((await tom.clicks(tom.card, 'Open customer')).text).toContain('Tess added the customer');
});

it('two technicians who add the same name in the same second make one customer', async () => {
  const second = await world.site.start();
  const tess = await asked(world.seat(world.site.tess));
  const tom = await asked(world.seat(world.site.tom).at(second));
  const seen = await Promise.all([saves(tess), saves(tom, 'CONTOSO')]);
  expect(seen.filter(({ text }) => /contoso was added\./i.test(text))).toHaveLength(1);
  expect(seen.filter(({ text }) => text.includes('is a customer already'))).toHaveLength(1);
  expect(await names()).toHaveLength(1);
});

it('cancel ends each step and says what was saved', async () => {
  const seat = await asked(world.seat(world.site.tess));
  expect((await seat.says('Cancel')).text).toMatch(/Cancelled: Add customer.*Nothing was added/s);
  await asked(seat);
  expect((await seat.clicks(seat.card, 'Cancel')).text).toContain('Nothing was added.');
  expect((await seat.says('cancel')).text).toContain('Nothing to cancel');
  await saves(await asked(seat));
  await seat.says('connect office 365 Contoso');
  expect((await seat.says('cancel')).text).toContain('Contoso is kept; its Microsoft 365 was not connected');
  expect(await names()).toEqual(['Contoso']);
});

describe('an old card', () => {
  it('of a finished step changes nothing and says so', async () => {
    const seat = await asked(world.seat(world.site.tess));
    const old = structuredClone(seat.card);
    await seat.says('Contoso');
    const before = await world.changes();
    expect((await seat.clicks(old, 'Save', { name: 'Fabrikam' })).text).toContain('This step is finished');
    expect((await seat.clicks(old, 'Cancel')).text).toContain('This step is finished');
    expect(await world.changes()).toEqual(before);
  });

  it('of a step that today’s program does not have ends with a sentence', async () => {
    const seat = await asked(world.seat(world.site.tess));
    const old = structuredClone(seat.card);
    await world.bot.settle();
    const key = `a:Tess|${world.site.tess.id}`;
    const stored = await world.bot.stores.conversations.get(key);
    if (!stored) throw new Error('no dialog is open');
    const dialogs = JSON.parse(JSON.stringify(stored.value.dialogs).replaceAll('"name"', '"sources"'));
    await world.bot.stores.conversations.replace(stored, { ...stored.value, dialogs });
    const sources = JSON.parse(JSON.stringify(old.card).replaceAll('"step":"name"', '"step":"sources"'));
    expect((await seat.clicks({ ...old, card: sources }, 'Save', { name: 'Contoso' })).text).toContain(
      'Keyturn was updated',
    );
    expect(await names()).toEqual([]);
  });

  it('of another person in a group stays as it is, and its owner goes on', async () => {
    const group = { id: '19:group', kind: 'groupChat' } as const;
    const tess = await asked(world.seat(world.site.tess, group));
    const mine = tess.card;
    const tom = world.seat(world.site.tom, group);
    for (const button of ['Save', 'Cancel'])
      expect((await tom.clicks(mine, button, { name: 'Fabrikam' })).text).toContain('somebody else’s');
    await tess.clicks(mine, 'Save', { name: 'Contoso' });
    expect(await names()).toEqual(['Contoso']);
  });
});

describe('another command in the middle', () => {
  it('asks first; for a person who stays, the bot repeats its question', async () => {
    const seat = await asked(world.seat(world.site.tess));
    expect((await seat.says('customers')).text).toMatch(/Add customer.*Nothing was added\./);
    await seat.clicks(seat.card, 'Stay');
    await saves(seat);
    expect(await names()).toEqual(['Contoso']);
  });

  it('runs for a person who leaves, and the question works once', async () => {
    const seat = await asked(world.seat(world.site.tess));
    await seat.says('customers');
    const question = structuredClone(seat.card);
    expect((await seat.clicks(question, 'Discard')).text).toMatch(/Left: Add customer.*No customers yet/s);
    expect((await seat.clicks(question, 'Discard')).text).toContain('answered already');
    expect((await seat.clicks(question, 'Stay')).text).toContain('answered already');
  });

  it('answers at once when it is “help”, and leaves the question open', async () => {
    const seat = await asked(world.seat(world.site.tess));
    const question = seat.card;
    await seat.says('help');
    await seat.clicks(question, 'Save', { name: 'Contoso' });
    expect(await names()).toEqual(['Contoso']);
  });
});

it('a step left for 24 hours expires politely, on its own card or at the next word', async () => {
  const seat = await asked(world.seat(world.site.tess));
  world.site.clock.advance(23 * HOUR);
  await seat.says('');
  world.site.clock.advance(23 * HOUR);
  await seat.says('');
  world.site.clock.advance(25 * HOUR);
  expect((await saves(seat)).text).toMatch(/for more than 24 hours.*Nothing was added/s);
  await asked(seat);
  world.site.clock.advance(25 * HOUR);
  expect((await seat.says('customers')).text).toMatch(/24 hours.*No customers yet/s);
  expect(await names()).toEqual([]);
});

it('a restart in the middle of any step loses nothing', async () => {
  const seat = await asked(world.seat(world.site.tess));
  const afterName = seat.at(await world.site.start());
  await saves(afterName);
  const connecting = seat.at(await world.site.start());
  await connecting.clicks(connecting.card, 'Connect Microsoft 365');
  const afterCode = seat.at(await world.site.start());
  expect((await afterCode.says('123456')).text).toContain('not finished yet');
  expect(await names()).toEqual(['Contoso']);
});

it('a repeated click adds one customer, under the same id or a new one', async () => {
  const seat = await asked(world.seat(world.site.tess));
  const card = structuredClone(seat.card);
  const name = { name: 'Contoso' };
  await seat.clicks(card, 'Save', name, 'c1');
  const shown = world.site.teams.messages.length;
  expect((await seat.clicks(card, 'Save', name, 'c1')).text).toBe('That was done already.');
  expect((await seat.clicks(card, 'Save', name, 'c2')).text).toContain('This step is finished');
  expect(world.site.teams.messages).toHaveLength(shown);
  expect(await names()).toEqual(['Contoso']);
});
