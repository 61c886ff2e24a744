import { StoreUnavailable } from '../../../domain/errors';
import { touchNotice } from '../../../domain/notifications/touchNotice';
import { useNotices } from '../../helpers/bot/useNotices';
import { textOf } from '../../helpers/botWorld/cardReader';
import { ConnectorFault } from '../../helpers/botWorld/teams';

const { world, happened, reset: resetOf, dispatch } = useNotices();
const reset = (n: number) => happened(resetOf(n));
const cards = () => world.site.teams.in('a:Tess').map(({ card }) => textOf(card));
const repeats = () => cards().map((text) => text.includes('may have been told already'));
/** Lets time pass; the bot looks every minute. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await dispatch();
    world.site.clock.advance(60_000);
  }
}
/** Something that the card tells changes. */
async function changes(): Promise<void> {
  const { notices } = world.bot.stores;
  const [notice] = (await notices.list({ limit: 1 })).items;
  await touchNotice({ stores: { notices }, clock: world.site.clock }, notice?.id ?? '');
}
const delivery = async () => (await world.bot.stores.deliveries.list({ limit: 1 })).items[0]?.value;

test('being asked to wait is no failure: one 500 after it does not make the bot give up', async () => {
  const busy = Array.from({ length: 30 }, () => new ConnectorFault(429));
  world.site.teams.fails([...busy, new ConnectorFault(500)]);
  await reset(1);
  await pass(400);
  expect(cards()).toHaveLength(1);
  expect(await delivery()).not.toHaveProperty('failures');
});

test('an hour in which Teams takes a card only now and then loses none: after each sent card the count begins anew', async () => {
  const bad = Array.from({ length: 10 }, () => new ConnectorFault(500));
  world.site.teams.fails(bad);
  await reset(1);
  await pass(60);
  expect(cards()).toHaveLength(1);
  world.site.teams.fails(bad);
  await reset(2);
  await pass(60);
  expect(cards()).toHaveLength(2);
});

describe('a card that may have been taken', () => {
  test.each([
    ['504', new ConnectorFault(504)],
    ['500', new ConnectorFault(500)],
    ['408', new ConnectorFault(408)],
    ['nothing', Object.assign(new TypeError('closed'), { silent: true })],
  ])('is sent again after %s, and says so', async (_said, fault) => {
    world.site.teams.takesAndSays(fault);
    await reset(1);
    await pass(2);
    expect(repeats()).toEqual([false, true]);
    await pass(10);
    expect(cards()).toHaveLength(2);
  });

  test('goes on saying so when it is brought up to date', async () => {
    world.site.teams.takesAndSays(new ConnectorFault(504));
    await reset(1);
    await pass(2);
    await changes();
    await pass(2);
    expect(repeats()).toEqual([false, true]);
  });

  test('is not called a repeat because an update had no clear answer', async () => {
    await reset(1);
    await pass(1);
    world.site.teams.fails(new ConnectorFault(504));
    await changes();
    await pass(5);
    expect(await delivery()).toMatchObject({ state: 'shown', shown: 2 });
    await changes();
    await pass(2);
    expect(repeats()).toEqual([false]);
    expect(await delivery()).toMatchObject({ state: 'shown', shown: 3 });
  });

  test('says so also when Teams asks to wait in between', async () => {
    world.site.teams.fails([new ConnectorFault(503), new ConnectorFault(429, 5)]);
    await reset(1);
    await pass(3);
    expect(repeats()).toEqual([true]);
  });

  test.each([
    ['Teams asked to wait', new ConnectorFault(429, 5)],
    ['Teams refused it', new ConnectorFault(400)],
    ['there was no connection', Object.assign(new TypeError('no'), { code: 'ECONNREFUSED' })],
  ])('does not mark a repeat when nothing was sent: %s', async (_why, fault) => {
    world.site.teams.fails(fault);
    await reset(1);
    await pass(2);
    expect(repeats()).toEqual([false]);
  });
});

test('a dispatch that fails ends only after its running work has ended', async () => {
  let answer: () => void = () => undefined;
  let looks = 0;
  const begun = new Promise<void>((begin) => {
    world.site.teams.before = () => {
      begin();
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
  });
  const bot = await world.site.start((stores) => ({
    ...stores,
    events: {
      ...stores.events,
      claimDue: async (...args) => {
        looks += 1;
        if (looks === 1) return stores.events.claimDue(...args);
        await begun;
        throw new StoreUnavailable('the database does not answer');
      },
    },
  }));
  await reset(1);
  const ended: unknown[] = [];
  const run = bot.notifications.run().catch((error: unknown) => void ended.push(error));
  await begun;
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toEqual([]);
  answer();
  await run;
  expect(ended).toEqual([expect.any(StoreUnavailable)]);
  expect(cards()).toHaveLength(1);
  expect(await delivery()).toMatchObject({ state: 'shown' });
});

test('a service that is down and says for how long is not called before that', async () => {
  world.site.teams.fails(new ConnectorFault(503, 30));
  await reset(1);
  await dispatch();
  world.site.clock.advance(29_000);
  await dispatch();
  expect(cards()).toHaveLength(0);
  world.site.clock.advance(2_000);
  await dispatch();
  expect(cards()).toHaveLength(1);
});

describe('a conversation that refuses', () => {
  const installed = async () => (await world.bot.stores.references.get('a:Tess'))?.value.installed;

  test.each([
    [403, 'ConversationBlockedByUser'],
    [403, 'MessageWritesBlocked'],
    [403, 'BotNotInConversationRoster'],
    [404, 'ConversationNotFound'],
    [403, 'SomethingNew'],
    [404, undefined],
  ])('with %s %s counts as gone until somebody speaks in it', async (status, code) => {
    world.site.teams.fails(new ConnectorFault(status, undefined, code));
    await reset(1);
    await dispatch();
    expect(await installed()).toBe(false);
    expect(await delivery()).toMatchObject({ state: 'held' });
    const seen = await world.seat(world.site.ada).says('notify');
    expect(seen.text).toContain('1 chat with alerts cannot be reached');
    expect(seen.text).toContain('1 alert waits until its chat can get alerts again');
    await pass(3 * 60);
    expect(cards()).toHaveLength(0);
    await world.seat(world.site.tess).says('help');
    expect(await installed()).toBe(true);
    await dispatch();
    expect(cards().filter((text) => text.includes('reset the password'))).toHaveLength(1);
    expect((await world.seat(world.site.ada).says('notify')).text).not.toMatch(
      /cannot be reached|waits until/,
    );
  });

  test.each(['BotDisabledByAdmin', 'NotEnoughPermissions', 'InvalidBotApiHost'])(
    'with %s is tried again with long pauses until people lift it',
    async (code) => {
      const barred = new ConnectorFault(403, undefined, code);
      let tries = 0;
      world.site.teams.before = (what) => {
        if (what === 'send') tries += 1;
        if (what === 'send') throw barred;
      };
      await reset(1);
      await pass(5 * 60);
      expect(tries).toBe(5);
      expect(await installed()).toBe(true);
      world.site.teams.fails([]);
      await pass(60);
      expect(repeats()).toEqual([false]);
    },
  );

  test('for good is given up in the end, and “notify” says so', async () => {
    world.site.teams.fails(new ConnectorFault(403, undefined, 'BotDisabledByAdmin'), 100);
    await reset(1);
    for (let hour = 0; hour < 24; hour++) await pass(60);
    world.site.teams.fails([]);
    await dispatch();
    expect(await delivery()).toMatchObject({ state: 'failed' });
    expect((await world.seat(world.site.tess).says('notify')).text).toContain(
      '1 alert could not be delivered',
    );
  });

  test('to update a card that was deleted there still gets the next card', async () => {
    await reset(1);
    await dispatch();
    world.site.teams.messages.length = 0;
    world.site.clock.advance(5_000);
    await reset(2);
    await pass(1);
    expect(cards()).toHaveLength(0);
    expect(await delivery()).toMatchObject({ state: 'shown', shown: 2, wanted: 2 });
    expect(await installed()).toBe(true);
    world.site.clock.advance(60_000);
    await reset(3);
    await pass(1);
    expect(cards()).toHaveLength(1);
  });
});

test('what happened while Keyturn was removed from a chat is told once it is installed there again', async () => {
  const tess = world.seat(world.site.tess);
  await tess.does({ type: 'installationUpdate', action: 'remove' });
  for (const n of [1, 2, 3]) {
    await reset(n);
    await pass(2);
  }
  expect(cards()).toHaveLength(0);
  await tess.installs();
  await pass(2);
  expect(cards().filter((text) => text.includes('reset the password'))).toHaveLength(3);
});
