import { randomUUID } from 'node:crypto';
import { createArrivals } from '../../../domain/resets/trackArrival';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { machine, reset, servingWorld } from '../../helpers/bot/servingWorld';
import type { Bot } from '../../helpers/botWorld/bot';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';
import { createLinesLog } from '../../helpers/process/linesLog';

const PLANTED = 'hunter2-Planted';
const world = useSite();
let bot: Bot;

beforeEach(async () => {
  world.site.log = createLinesLog('debug');
  bot = await world.site.start();
});

const lines = () => world.site.log.lines();
/** The log lines about one thing, by any field that names it. */
const storyOf = (id: string) =>
  lines()
    .filter((line) => JSON.stringify(line).includes(id))
    .map(({ msg }) => msg);
const lineOf = (msg: string) => lines().find((line) => line.msg === msg);

/** Tess gets notices at once, Tom once a day, and Keyturn was removed from Abe's chat. */
async function subscribe(): Promise<void> {
  const { tess, tom, abe } = world.site;
  for (const who of [tess, tom, abe]) {
    const seat = world.site.seat(bot, who);
    await seat.installs();
    const personId = who.id ?? '';
    await bot.stores.subscriptions.insert(seat.conversation.id, {
      scope: 'personal',
      personId,
      customers: 'all',
      kinds: ['resetSeen'],
      ...(who === tom && { digestAt: '07:00' }),
      timeZone: 'UTC',
      setBy: { id: personId, name: who.name },
      changedAt: 0,
    });
  }
  const chat = await bot.stores.references.get(`a:${abe.name}`);
  if (chat) await bot.stores.references.replace(chat, { ...chat.value, installed: false });
}

async function dc() {
  const { clock } = world.site;
  const { stores } = bot;
  const afterReset = createArrivals({ stores, clock });
  const serving = await servingWorld({ stores, clock, afterReset, log: world.site.log });
  const first = await serving.enrolled();
  const second = await serving.enrolled(machine('machine-2', 'DC2'));
  return { serving, first, second };
}

test('the log has the story of a reset: reported, recorded once, who gets it, who does not and why, sent, proved', async () => {
  world.site.microsoft.passwordState = async () => ({ found: false });
  await subscribe();
  const { serving, first, second } = await dc();
  const told = reset(1, world.site.clock.now(), { by: { name: PLANTED, domain: PLANTED, sid: 'S-1-5' } });
  const { user } = told;
  const hostile = {
    ...told,
    user: { ...user, displayName: PLANTED, plainPassword: PLANTED },
    token: PLANTED,
  };
  await first.asks.events({ stream: randomUUID(), events: [hostile] });
  await second.asks.events({ stream: randomUUID(), events: [hostile] });
  await serving.bot.stop();
  world.site.clock.advance(3_000);
  await bot.notifications.run();
  await bot.runner.tick();

  const event = String(lineOf('reset recorded')?.event);
  const [notice] = (await bot.stores.notices.list({ limit: 10 })).items.filter(({ value }) =>
    value.eventIds.includes(event),
  );
  expect(storyOf(event)).toEqual(
    expect.arrayContaining([
      'reset recorded',
      'reset told again: only what is new of it counts',
      'events claimed',
      'notice claimed',
      'job claimed',
      'job goes on later',
    ]),
  );
  expect(lineOf('agent served')).toMatchObject({
    requestId: expect.any(String),
    path: '/agents/v1/events',
    agentId: first.id,
    customerId: 'contoso',
    acknowledged: 1,
  });
  expect(lineOf('events claimed')).toMatchObject({ customerId: 'contoso', lateMs: 3_000 });
  expect(lineOf('job claimed')).toMatchObject({ kind: 'proveArrival', customerId: 'contoso' });
  const to = (conversationId: string) => ({ notice: notice?.id, conversationId });
  expect(lines()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...to('a:Tess'), keptFor: false, msg: 'notice goes to a conversation' }),
      expect.objectContaining({ ...to('a:Tom'), keptFor: 'digest', msg: 'notice goes to a conversation' }),
      expect.objectContaining({ because: 'removed', msg: 'delivery held' }),
      expect.objectContaining({ conversationId: 'a:Tess', result: 'sent', msg: 'delivery tried' }),
    ]),
  );
  expect(world.site.teams.messages.some(({ card }) => JSON.stringify(card).includes(PLANTED))).toBe(true);
  expectNothingPlanted();
});

test('the bot leaves a delivery to the instance that changed it meanwhile, and the log says so', async () => {
  await subscribe();
  const { deliveries, events, customers } = bot.stores;
  await customers.insert('contoso', sampleCustomer('Contoso', { id: 'contoso' }));
  const { id, value } = resetEvent('contoso', 1, world.site.clock.now());
  await events.insert(id, value);
  const { count } = deliveries;
  const changes: typeof count = async (query) => {
    Object.assign(deliveries, { count });
    const row = await deliveries.get(`notice|${id}|a:Tess`);
    if (row) await deliveries.replace(row, { ...row.value, wanted: 2 });
    return count(query);
  };
  world.site.clock.advance(1_000);
  Object.assign(deliveries, { count: changes });
  await bot.notifications.run();
  expect(lineOf('delivery left: it was changed meanwhile')).toMatchObject({ delivery: expect.any(String) });
});

test('the log has the story of a turn: what ran, how it ended, why it was refused, answered before', async () => {
  const { abe, ned, tess } = world.site;
  const seat = world.site.seat(bot, tess);
  await seat.says('customers', { id: 'first' });
  await seat.says('customers', { id: 'first' });
  await seat.says(`customer ${PLANTED}`);
  await seat.says(`the password is ${PLANTED}`);
  await seat.says('add customer');
  await seat.says(PLANTED);
  await seat.executes({ verb: 'customer', data: { customer: PLANTED, token: PLANTED } });
  await world.site.seat(bot, abe).says(`remove customer ${PLANTED}`);
  await world.site.seat(bot, ned).says(PLANTED);

  const personOf = (who: typeof abe) => `a:${who.name}|${who.id}`;
  const turn = { conversation: personOf(tess), type: 'message', tries: 1, msg: 'turn done' };
  const all = lines();
  expect(all).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...turn, ran: 'customers' }),
      expect.objectContaining({ ...turn, ran: 'addCustomer' }),
      expect.objectContaining({ conversation: personOf(tess), msg: 'turn left: it was answered before' }),
      expect.objectContaining({ conversation: personOf(tess), replies: 1, sent: 1, msg: 'replies sent' }),
      expect.objectContaining({ conversation: personOf(abe), ran: 'remove customer', msg: 'turn done' }),
      expect.objectContaining({ personId: ned.id, reason: 'no role', msg: 'not served' }),
    ]),
  );
  const ofAbe = all.find(({ conversation, msg }) => conversation === personOf(abe) && msg === 'turn done');
  const refused = all.find(({ msg, requestId }) => msg === 'refused' && requestId === ofAbe?.requestId);
  expect(refused).toMatchObject({ refusal: 'notAllowed' });
  expectNothingPlanted();
});

test('the level info has none of these lines', async () => {
  world.site.log = createLinesLog('info');
  bot = await world.site.start();
  await world.site.seat(bot, world.site.tess).says('customers');
  expect(lines()).toEqual([]);
});

function expectNothingPlanted(): void {
  expect(world.site.log.text()).not.toContain(PLANTED);
  expect(world.site.log.text()).not.toMatch(/\bey[\w-]{8,}/);
}
