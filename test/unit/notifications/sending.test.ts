import { StoreUnavailable } from '../../../domain/errors';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import { ConnectorFault } from '../../helpers/botWorld/teams';
import { useSite } from '../../helpers/botWorld/useSite';
import { resetEvent } from '../../helpers/resetEvents';

const world = useSite();
let customerId: string;

beforeEach(async () => {
  const tess = world.seat(world.site.tess);
  await tess.installs();
  customerId = await addsCustomer(tess, 'Contoso');
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
});

const reset = async (n: number) => {
  const { id, value } = resetEvent(customerId, n, world.site.clock.now());
  await world.bot.stores.events.insert(id, value);
};
const cards = () => world.site.teams.in('a:Tess').map(({ card }) => textOf(card));
const repeats = () => cards().map((text) => text.includes('may have been told already'));
const dispatch = () => world.bot.notifications.run();
/** Looks every minute, as long as that. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await dispatch();
    world.site.clock.advance(60_000);
  }
}
const delivery = async () => (await world.bot.stores.deliveries.list({ limit: 1 })).items[0]?.value;

test('being asked to wait is no failure: one 500 after it does not give the card up', async () => {
  const busy = Array.from({ length: 30 }, () => new ConnectorFault(429));
  world.site.teams.fails([...busy, new ConnectorFault(500)]);
  await reset(1);
  await pass(400);
  expect(cards()).toHaveLength(1);
  expect(await delivery()).not.toHaveProperty('failures');
});

test('an hour in which Teams now and then takes a card costs none: what was sent begins anew', async () => {
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
  ])('is none that was not: %s', async (_why, fault) => {
    world.site.teams.fails(fault);
    await reset(1);
    await pass(2);
    expect(repeats()).toEqual([false]);
  });
});

test('a dispatch that fails ends when what it has under way has ended', async () => {
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

test('a service that is away and says for how long is not asked before', async () => {
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
