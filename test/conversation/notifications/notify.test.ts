import { resetEvent } from '../../helpers/bot/resetEvents';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Conversation } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const channel: Conversation = { id: '19:ops@thread.tacv2', kind: 'channel' };
let customerId: string;

beforeEach(async () => {
  const tess = world.seat(world.site.tess);
  await tess.installs();
  customerId = await addsCustomer(tess, 'Contoso');
});

const told = (conversationId: string) =>
  world.site.teams
    .in(conversationId)
    .filter(({ card }) => / accounts reset|reset the password|While it was quiet/.test(textOf(card)));
let events = 0;
async function reset(at = customerId, privileged = false) {
  const { id, value } = resetEvent(at, events++, world.site.clock.now(), { privileged });
  await world.bot.stores.events.insert(id, value);
  await world.bot.notifications.run();
}

test('nothing is told before somebody asks for it, nor after it was stopped', async () => {
  const tess = world.seat(world.site.tess);
  await reset();
  expect(told('a:Tess')).toHaveLength(0);
  await tess.says('notify');
  expect(tess.reads).toContain('This chat gets no alerts yet');
  const saved = await tess.clicks(tess.card, 'Save');
  expect(textOf(saved.card)).toContain('This chat gets alerts for all customers');
  world.site.clock.advance(61_000);
  await reset();
  expect(told('a:Tess')).toHaveLength(1);
  await tess.says('notify');
  await tess.clicks(tess.card, 'Stop alerts here');
  world.site.clock.advance(61_000);
  await reset();
  expect(told('a:Tess')).toHaveLength(1);
});

test('“notify Contoso” tells about Contoso alone', async () => {
  const tess = world.seat(world.site.tess);
  const fabrikam = await addsCustomer(tess, 'Fabrikam');
  const seen = await tess.says('notify contoso');
  expect(seen.text).toContain('This chat gets alerts for 1 customer');
  expect(textOf(seen.card)).toContain('Customers Contoso About');
  await reset(fabrikam);
  expect(told('a:Tess')).toHaveLength(0);
  await reset();
  expect(told('a:Tess')).toHaveLength(1);
});

describe('“notify stop”', () => {
  const chosen = async () => (await world.bot.stores.subscriptions.get('a:Tess'))?.value.customers;

  test('with a customer takes that customer off; without the last one nothing is told', async () => {
    const tess = world.seat(world.site.tess);
    const fabrikam = await addsCustomer(tess, 'Fabrikam');
    await tess.says('notify contoso');
    await tess.says('notify fabrikam');
    const seen = await tess.says('notify stop contoso');
    expect(seen.text).toContain('This chat gets alerts for 1 customer');
    expect(textOf(seen.card)).toContain('Customers Fabrikam About');
    expect(await chosen()).toEqual([fabrikam]);
    await reset();
    expect(told('a:Tess')).toHaveLength(0);
    await reset(fabrikam);
    expect(told('a:Tess')).toHaveLength(1);
    await tess.says('notify stop Contoso');
    expect(await chosen()).toEqual([fabrikam]);
    expect((await tess.says('notify stop fabrikam')).text).toContain('This chat gets no alerts yet');
    expect(await chosen()).toBeUndefined();
  });

  test('for one customer while all are told leaves that customer out; “notify” takes it in again', async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save');
    const fabrikam = await addsCustomer(tess, 'Fabrikam');
    const { text } = await tess.says('notify stop contoso');
    expect(text).toMatch(/alerts for all customers except 1.*Without Contoso/s);
    await reset();
    expect(told('a:Tess')).toHaveLength(0);
    await reset(fabrikam);
    expect(told('a:Tess')).toHaveLength(1);
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save');
    expect(tess.reads).toContain('all customers except 1');
    expect((await tess.says('notify contoso')).text).not.toContain('except');
    expect(await chosen()).toBe('all');
    world.site.clock.advance(61_000);
    await reset();
    expect(told('a:Tess')).toHaveLength(2);
    await tess.says('notify');
    expect(textOf((await tess.clicks(tess.card, 'Save', { customers: 'chosen' })).card)).toContain(
      'Stop alerts here',
    );
  });

  test('alone stops everything; with a customer of such a name it means the customer', async () => {
    const tess = world.seat(world.site.tess);
    const stopLoss = await addsCustomer(tess, 'Stop Loss');
    await tess.says('notify stop loss');
    expect(await chosen()).toEqual([stopLoss]);
    await tess.says('notify stop');
    expect(await chosen()).toBeUndefined();
  });

  test('a technician may not use it in a channel', async () => {
    const ada = world.seat(world.site.ada, channel);
    await ada.installs();
    await ada.says('notify contoso');
    const before = await world.changes();
    const seen = await world.seat(world.site.tess, channel).says('notify stop contoso');
    expect(seen.text).toContain('may not');
    expect(await world.changes()).toEqual(before);
  });
});

test('removed customers are neither named nor counted', async () => {
  const tess = world.seat(world.site.tess);
  const fabrikam = await addsCustomer(tess, 'Fabrikam');
  await tess.says('notify contoso');
  await tess.says('notify fabrikam');
  await world.bot.stores.customers.remove(fabrikam);
  const seen = await tess.says('notify');
  expect(textOf(seen.card)).toContain('This chat gets alerts for 1 customer');
  expect(textOf(seen.card)).toContain('Customers Contoso About');
});

test('only the chosen kinds are told', async () => {
  const tess = world.seat(world.site.tess);
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save', { kinds: 'agentOffline,agentBack' });
  await reset();
  expect(told('a:Tess')).toHaveLength(0);
});

describe('channels and group chats', () => {
  test('an admin subscribes a channel; it is told as one conversation, whatever the thread', async () => {
    const thread = { ...channel, id: `${channel.id};messageid=17` };
    const ada = world.seat(world.site.ada, thread);
    await ada.installs();
    await ada.says('notify');
    await ada.clicks(ada.card, 'Save');
    await reset();
    expect(told(channel.id)).toHaveLength(1);
  });

  test('a technician may not subscribe a channel, typed or clicked', async () => {
    const ada = world.seat(world.site.ada, channel);
    await ada.installs();
    await ada.says('notify');
    const tess = world.seat(world.site.tess, channel);
    expect((await tess.says('notify')).text).toContain('may not');
    expect((await tess.clicks(ada.card, 'Save')).text).toContain('may not');
    expect(await world.bot.stores.subscriptions.get(channel.id)).toBeUndefined();
  });
});

describe('quiet hours', () => {
  /** Sunday 29 March 2026: clocks in Berlin jump from 02:00 to 03:00. */
  const NIGHT = Date.UTC(2026, 2, 29, 0, 30);

  beforeEach(async () => {
    world.site.clock.advance(NIGHT - world.site.clock.now());
    const tess = world.seat(world.site.tess);
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save', { when: 'quiet', timeZone: 'Europe/Berlin' });
    world.site.teams.messages.length = 0;
  });

  test('what happens at night is one card in the morning, also on the night when daylight saving begins', async () => {
    const fabrikam = await addsCustomer(world.seat(world.site.tess), 'Fabrikam');
    await reset();
    await reset(fabrikam);
    world.site.clock.advance(3_600_000);
    await reset();
    expect(told('a:Tess')).toHaveLength(0);
    world.site.clock.advance(Date.UTC(2026, 2, 29, 4, 59) - world.site.clock.now());
    await world.bot.notifications.run();
    expect(told('a:Tess')).toHaveLength(0);
    world.site.clock.advance(60_000);
    await world.bot.notifications.run();
    expect(told('a:Tess')).toHaveLength(1);
    const [morning] = told('a:Tess');
    expect(textOf(morning?.card)).toContain('2 customers');
    expect(textOf(morning?.card)).toContain('Fabrikam');
  });

  test('a privileged account is told at once', async () => {
    await reset(customerId, true);
    expect(told('a:Tess')).toHaveLength(1);
  });

  test('a daily digest is told at its hour', async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save', {
      when: 'daily',
      timeZone: 'Europe/Berlin',
      digestAt: '08:00',
    });
    await reset();
    world.site.clock.advance(61_000);
    await reset();
    expect(told('a:Tess')).toHaveLength(0);
    world.site.clock.advance(Date.UTC(2026, 2, 29, 6) - world.site.clock.now());
    await world.bot.notifications.run();
    expect(told('a:Tess')).toHaveLength(1);
  });
});
