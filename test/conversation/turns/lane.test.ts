import { StoreUnavailable } from '../../../domain/errors';
import { gate } from '../../helpers/bot/runningServer';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { withOutage } from '../../helpers/botWorld/spoiltStores';
import { ConnectorFault } from '../../helpers/botWorld/teams';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const chat = () => world.site.teams.in('a:Tess');
const state = async () => (await world.bot.stores.conversations.list({ limit: 1 })).items[0]?.value;

describe('two simultaneous turns of one conversation', () => {
  it.each([1, 2])('lose no update and answer once, on %s instance(s)', async (instances) => {
    const other = instances === 1 ? world.bot : await world.site.start();
    const tess = world.seat(world.site.tess);
    await tess.says('add customer');
    const shown = chat().length;
    await Promise.all([tess.says('Contoso'), tess.at(other).says('Fabrikam')]);
    // One message is the name; the other one meets no question any more.
    const after = chat()
      .slice(shown)
      .map(({ card }) => textOf(card));
    expect(after.filter((text) => /Set up (Contoso|Fabrikam)/.test(text))).toHaveLength(1);
    expect((await world.bot.stores.customers.list({ limit: 9 })).items).toHaveLength(1);
    expect((await state())?.answered).toHaveLength(3);
    await Promise.all([world.bot, other].map((bot) => bot.settle()));
    expect((await state())?.pending).toEqual([]);
  });

  it('two instances answer the same activity once', async () => {
    const other = await world.site.start();
    const tess = world.seat(world.site.tess);
    await Promise.all(
      [1, 2, 3, 4].map((n) => tess.at(n % 2 ? other : world.bot).says('help', { id: 'same' })),
    );
    expect(chat()).toHaveLength(1);
  });

  it('two instances answer each of ten messages', async () => {
    const other = await world.site.start();
    const tess = world.seat(world.site.tess);
    await Promise.all(Array.from({ length: 10 }, (_, n) => tess.at(n % 2 ? other : world.bot).says('help')));
    expect(chat()).toHaveLength(10);
    await Promise.all([world.bot, other].map((bot) => bot.settle()));
    expect((await state())?.pending).toEqual([]);
  });
});

describe('a reply', () => {
  it('is sent once, after the time that Teams asked for', async () => {
    world.site.teams.fails(new ConnectorFault(429, 60));
    const tess = world.seat(world.site.tess);
    await tess.says('help');
    await world.bot.pendingReplies.run();
    expect(chat()).toHaveLength(0);
    world.site.clock.advance(61_000);
    await world.bot.pendingReplies.run();
    await world.bot.pendingReplies.run();
    expect(chat()).toHaveLength(1);
  });

  it('to a conversation without an answer from the channel delays no other', async () => {
    const { site, bot } = world;
    site.teams.fails(new ConnectorFault(429, 60), 3);
    for (const who of [site.tess, site.tom, site.ada]) await world.seat(who).says('help');
    expect(site.teams.messages).toHaveLength(0);
    site.clock.advance(61_000);
    const [answered, others] = [gate(), gate()];
    site.teams.after = () => {
      if (site.teams.messages.length === 2) others.open();
    };
    let sends = 0;
    site.teams.before = (what) => (what === 'send' && ++sends === 1 ? answered.opened : undefined);
    const sending = bot.pendingReplies.run();
    await others.opened;
    answered.open();
    await sending;
    expect(site.teams.messages).toHaveLength(3);
  });

  it('continues where it was interrupted', async () => {
    const tess = world.seat(world.site.tess);
    await addsCustomer(tess, 'Contoso');
    let sends = 0;
    world.site.teams.before = (what) => {
      if (what === 'send' && ++sends === 2) throw new ConnectorFault(503);
    };
    await tess.says('connect office 365 Contoso');
    expect(chat().at(-1)?.signIn).toBeDefined();
    world.site.clock.advance(10_000);
    await world.bot.pendingReplies.run();
    expect(chat().filter(({ signIn }) => signIn)).toHaveLength(1);
    expect(tess.reads).toContain('[Confirm code]');
  });

  it.each([403, 404, 500])('is not repeated after a %s: it may have arrived', async (status) => {
    world.site.teams.fails(new ConnectorFault(status));
    await world.seat(world.site.tess).says('help');
    world.site.clock.advance(3_600_000);
    await world.bot.pendingReplies.run();
    expect(chat()).toHaveLength(0);
    expect((await state())?.pending).toEqual([]);
  });

  it('is given up in the end when it is throttled again and again', async () => {
    world.site.teams.fails(new ConnectorFault(429), 1000);
    await world.seat(world.site.tess).says('help');
    for (let n = 0; n < 12; n++) {
      world.site.clock.advance(3_600_000);
      await world.bot.pendingReplies.run();
    }
    expect((await state())?.pending).toEqual([]);
  });

  it('of an instance that died after the commit is sent by another one, late and once', async () => {
    world.site.teams.before = (what) => (what === 'send' ? new Promise<void>(() => undefined) : undefined);
    const dying = await world.site.start();
    void world.seat(world.site.tess).at(dying).says('add customer');
    while (!(await state())) await new Promise((resolve) => setImmediate(resolve));
    world.site.teams.before = () => undefined;
    const other = await world.site.start();
    await other.pendingReplies.run();
    expect(chat()).toHaveLength(0);
    world.site.clock.advance(31_000);
    await Promise.all([other.pendingReplies.run(), world.bot.pendingReplies.run()]);
    expect(chat()).toHaveLength(1);
    expect((await world.seat(world.site.tess).says('Contoso')).text).toContain('Set up Contoso');
  });
});

describe('when the store is away', () => {
  it('during a turn, a sentence says so and nothing is changed', async () => {
    let away = false;
    const bot = await world.site.start(withOutage(() => away));
    const tess = world.seat(world.site.tess).at(bot);
    await tess.says('add customer');
    const card = structuredClone(tess.card);
    const before = await world.changes();
    away = true;
    expect((await tess.says('customers')).text).toContain('can’t reach my own records');
    expect((await tess.clicks(card, 'Save', { name: 'Contoso' })).text).toContain(
      'can’t reach my own records',
    );
    away = false;
    expect(await world.changes()).toEqual(before);
    expect((await tess.clicks(card, 'Save', { name: 'Contoso' })).text).toContain('Set up Contoso');
  });

  it('after the commit, the bot does not claim that nothing happened', async () => {
    let away = false;
    const bot = await world.site.start(withOutage(() => away));
    world.site.teams.before = (what) => {
      if (what === 'send') away = true;
    };
    const seen = await world.seat(world.site.tess).at(bot).says('help');
    expect(seen.messages).toHaveLength(1);
    expect(seen.text).not.toContain('can’t reach');
  });

  it('while a sign-in link is made, the button comes later', async () => {
    let away = true;
    const bot = await world.site.start((stores) => ({
      ...stores,
      oneTimeLinks: {
        ...stores.oneTimeLinks,
        insert: async (...args) => {
          if (away) throw new StoreUnavailable('the database does not answer');
          return stores.oneTimeLinks.insert(...args);
        },
      },
    }));
    const tess = world.seat(world.site.tess).at(bot);
    await addsCustomer(tess, 'Contoso');
    await tess.says('connect office 365 Contoso');
    expect(chat().some(({ signIn }) => signIn)).toBe(false);
    away = false;
    world.site.clock.advance(60_000);
    await bot.pendingReplies.run();
    expect(chat().filter(({ signIn }) => signIn)).toHaveLength(1);
    expect(tess.reads).toContain('[Confirm code]');
  });
});

it('an unknown error shows only a reference, clears the broken dialog, and goes to the log', async () => {
  let broken = false;
  const bot = await world.site.start((stores) => ({
    ...stores,
    customers: {
      ...stores.customers,
      find: async (...args) => {
        if (broken) throw new RangeError('a detail with a name: Northwind');
        return stores.customers.find(...args);
      },
    },
  }));
  const tess = world.seat(world.site.tess).at(bot);
  await tess.says('add customer');
  broken = true;
  const { text } = await tess.says('Contoso');
  expect(text).toMatch(
    /^Something went wrong, and I don’t know if it was done\. .*reference: [0-9A-F]{6}\.$/,
  );
  const reference = text.match(/([0-9A-F]{6})\.$/)?.[1];
  expect(world.site.log.lines().find((line) => line.reference === reference)).toMatchObject({
    requestId: 'request-of-Tess',
    err: { message: 'a detail with a name: Northwind' },
  });
  expect((await tess.says('cancel')).text).toContain('Nothing to cancel');
});
