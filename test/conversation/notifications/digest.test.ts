import { groupIntoNotices } from '../../../domain/notifications/groupIntoNotices';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const MINUTE = 60_000;
const [NIGHT, MORNING] = [Date.UTC(2026, 5, 10, 1), Date.UTC(2026, 5, 10, 7)];
let customerId: string;
let events = 0;

beforeEach(async () => {
  goTo(NIGHT);
  const tess = world.seat(world.site.tess);
  await tess.installs();
  customerId = await addsCustomer(tess, 'Contoso');
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save', { when: 'quiet', timeZone: 'UTC' });
  world.site.teams.messages.length = 0;
});

const goTo = (at: number) => world.site.clock.advance(at - world.site.clock.now());
const dispatch = () => world.bot.notifications.run();
const cards = () => world.site.teams.in('a:Tess').map(({ card }) => textOf(card));
async function happens(at = customerId, privileged = false): Promise<string> {
  const { id, value } = resetEvent(at, events++, world.site.clock.now(), { privileged });
  await world.bot.stores.events.insert(id, value);
  return id;
}
async function reset(at = customerId): Promise<void> {
  await happens(at);
  await dispatch();
}
async function morning(): Promise<void> {
  goTo(MORNING);
  await dispatch();
}
async function removed(id: string): Promise<void> {
  const customer = await world.bot.stores.customers.get(id);
  if (!customer) throw new Error('no customer');
  const why = { at: 0, by: { id: 'x', name: 'X' }, purgeAt: 1e15, byRequest: 'r' };
  await world.bot.stores.customers.replace(customer, {
    ...customer.value,
    status: 'removed',
    removed: why,
  });
}
const digest = async () => {
  const { items } = await world.bot.stores.deliveries.list({ limit: 100 });
  const found = items.find(({ value }) => value.subject.kind === 'digest');
  if (!found) throw new Error('no digest');
  return found;
};

describe('a digest', () => {
  test('counts by kind, and names the first ten accounts with unexplained resets', async () => {
    for (let n = 0; n < 12; n++) await happens();
    await dispatch();
    const { id, value } = resetEvent(customerId, 500, world.site.clock.now(), { how: 'change' });
    await world.bot.stores.events.insert(id, value);
    const offline = {
      kind: 'agentOffline',
      agentId: 'a',
      agentName: 'DC1',
      since: NIGHT,
      waiting: 0,
    } as const;
    for (const n of [1, 2])
      await world.bot.stores.events.insert(`offline ${n}`, { ...value, facts: offline });
    await dispatch();
    await morning();
    const [card = ''] = cards().filter((text) => text.includes('While it was quiet'));
    expect(card).toContain('1 customer');
    expect(card).toContain('12 password resets, agent offline (2 times) and 1 password change');
    expect(card).toMatch(/12 unexplained .*User \d+, .* and 2 more/);
    expect(card).toContain('[Yes, it was us]');
  });

  test('tells a flood in true numbers, and answers only as far as it told', async () => {
    goTo(MORNING - 5 * MINUTE);
    for (let n = 0; n < 560; n++) await happens();
    await dispatch();
    world.site.clock.advance(5_000);
    await dispatch();
    await morning();
    const card = world.site.teams.in('a:Tess').find((message) => textOf(message.card).includes('quiet'));
    expect(textOf(card?.card)).toContain('560 password resets');
    expect(textOf(card?.card)).toMatch(/560 unexplained .*User \d+, .* and 550 more/);
    world.site.clock.advance(1_000);
    await happens();
    const due = await world.bot.stores.events.claimDue(world.site.clock.now(), MINUTE, 10);
    await groupIntoNotices({ stores: world.bot.stores, clock: world.site.clock }, due);
    await world.seat(world.site.tess).clicks(card, 'Yes, it was us');
    const said = (state: string) =>
      world.bot.stores.events.count({ where: { customerId, explanation: state } });
    expect([await said('ours'), await said('unexplained')]).toEqual([560, 1]);
  });

  test('answers none of what its notice took in after the card was made', async () => {
    goTo(MORNING - 10_000);
    for (let n = 0; n < 2; n++) await happens();
    await dispatch();
    await morning();
    const card = world.site.teams.in('a:Tess').find((message) => textOf(message.card).includes('quiet'));
    expect(textOf(card?.card)).toContain('2 password resets');
    const told = await happens();
    world.site.clock.advance(1_000);
    const due = await world.bot.stores.events.claimDue(world.site.clock.now(), MINUTE, 10);
    await groupIntoNotices({ stores: world.bot.stores, clock: world.site.clock }, due);
    expect(await world.bot.stores.notices.count()).toBe(1);
    await world.seat(world.site.tess).clicks(card, 'Yes, it was us');
    const unexplained = { where: { customerId, explanation: 'unexplained' }, limit: 10 };
    expect((await world.bot.stores.events.list(unexplained)).items.map(({ id }) => id)).toEqual([told]);
  });

  test('leaves out removed customers, and is no card when nothing else is left', async () => {
    const fabrikam = await addsCustomer(world.seat(world.site.tess), 'Fabrikam');
    world.site.teams.messages.length = 0;
    await reset(fabrikam);
    await removed(fabrikam);
    await morning();
    expect(cards()).toEqual([]);
    expect((await digest()).value.state).toBe('gone');
  });

  test('leaves out what nobody asks for any more', async () => {
    await reset();
    const known = await world.bot.stores.subscriptions.get('a:Tess');
    if (!known) throw new Error('no subscription');
    await world.bot.stores.subscriptions.replace(known, { ...known.value, kinds: ['agentOffline'] });
    await morning();
    expect(cards()).toEqual([]);
  });
});

describe('at the hour of a digest nothing is lost', () => {
  test('a digest that another instance sends meanwhile is brought up to date with what is kept for it', async () => {
    await reset();
    const other = await world.site.start();
    const { deliveries } = world.bot.stores;
    const insert = deliveries.insert;
    deliveries.insert = async (id, value) => {
      if (value.state === 'kept') {
        goTo(MORNING);
        await other.notifications.run();
        expect(cards()).toHaveLength(1);
      }
      return insert(id, value);
    };
    goTo(MORNING - 1);
    await reset();
    deliveries.insert = insert;
    world.site.clock.advance(5_000);
    await dispatch();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('2 password resets');
  });

  test('what joins a notice that was told already brings the digest up to date', async () => {
    goTo(MORNING - 10_000);
    await reset();
    await morning();
    world.site.clock.advance(5_000);
    await reset();
    world.site.clock.advance(10_000);
    await dispatch();
    world.site.clock.advance(5_000);
    await dispatch();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('2 password resets');
  });

  test('a digest that an earlier version began takes in new notices', async () => {
    await reset();
    const begun = await digest();
    const [first] = (await world.bot.stores.notices.list({ limit: 1 })).items;
    if (!first) throw new Error('no notice');
    await world.bot.stores.deliveries.remove(`${first.id}|a:Tess`);
    await world.bot.stores.deliveries.replace(begun, { ...begun.value, noticeIds: [first.id] });
    world.site.clock.advance(2 * MINUTE);
    await reset();
    goTo(MORNING - MINUTE);
    await dispatch();
    expect(cards()).toEqual([]);
    await morning();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('2 password resets');
  });
});

test('a privileged account is told at once even where everything else is told once a day', async () => {
  const tess = world.seat(world.site.tess);
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save', { when: 'daily', timeZone: 'UTC', digestAt: '08:00' });
  world.site.teams.messages.length = 0;
  await reset();
  expect(cards()).toEqual([]);
  await happens(customerId, true);
  await dispatch();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toMatch(/reset the password of User \d+ Contoso/);
});

describe('"It was us" on a digest', () => {
  const explanations = async () =>
    (await world.bot.stores.events.list({ limit: 100 })).items.flatMap(({ value: { facts } }) =>
      'explanation' in facts ? [facts.explanation.state] : [],
    );
  const presses = (data: object) => ({ type: 'Action.Execute', verb: 'explainResets', data });

  beforeEach(async () => {
    const fabrikam = await addsCustomer(world.seat(world.site.tess), 'Fabrikam');
    world.site.teams.messages.length = 0;
    await reset();
    await reset(fabrikam);
    await morning();
  });

  test('explains all of it, audited for each customer, once', async () => {
    const tess = world.seat(world.site.tess);
    const seen = await tess.clicks(tess.card, 'Yes, it was us');
    expect(textOf(seen.card)).toContain('Confirmed by Tess, ');
    expect(textOf(seen.card)).not.toContain('[Yes, it was us]');
    expect(await explanations()).toEqual(['ours', 'ours']);
    const { items } = await world.bot.stores.audit.list({ limit: 1000 });
    const noted = items.filter(({ value }) => value.action === 'reset.explain');
    expect(noted.map(({ value }) => value.target).sort()).toEqual(['Contoso', 'Fabrikam']);
  });

  test('is refused to an approver and in every other conversation, and changes nothing', async () => {
    const { id } = await digest();
    const before = await world.changes();
    const press = presses({ digestId: id, as: 'ours' });
    expect(
      (await world.seat(world.site.abe, { id: 'a:Tess', kind: 'personal' }).executes(press)).text,
    ).toContain('may not');
    expect((await world.seat(world.site.tom).executes(press)).text).toContain('too old');
    expect(
      (await world.seat(world.site.tess).executes(presses({ digestId: 'made up', as: 'ours' }))).text,
    ).toContain('too old');
    expect(await world.changes()).toEqual(before);
  });
});
