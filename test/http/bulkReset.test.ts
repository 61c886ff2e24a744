import { randomUUID } from 'node:crypto';
import { textOf } from '../helpers/botWorld/cardReader';
import { useSite } from '../helpers/botWorld/useSite';
import { reset, type ServingWorld, servingWorld } from '../helpers/servingWorld';

const USERS = 2_000;

const world = useSite();
let serving: ServingWorld;
beforeEach(async () => {
  serving = await servingWorld({ stores: world.bot.stores, clock: world.site.clock });
});
afterEach(() => serving.bot.stop());

const now = () => world.site.clock.now();
test('a bulk reset of two thousand users is refused nothing, and told whole on few cards', async () => {
  const tess = world.seat(world.site.tess);
  await tess.installs();
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
  const agent = await serving.enrolled();
  const stream = randomUUID();
  for (let told = 0; told < USERS; told += 200) {
    const events = Array.from({ length: 200 }, (_, n) => reset(told + n + 1, now()));
    expect(await agent.asks.events({ stream, events })).toMatchObject({
      status: 200,
      body: { acknowledged: told + 200 },
    });
  }
  for (let second = 0; second < 20; second++) {
    await world.bot.notifications.run();
    world.site.clock.advance(1_000);
  }
  const { notices } = world.bot.stores;
  const noticed = (await notices.list({ limit: 100 })).items.flatMap(({ value }) => value.eventIds);
  // Each of them, and one alarm for all that nobody explained.
  expect(new Set(noticed).size).toBe(USERS + 1);
  const cards = world.site.teams.messages.map(({ card }) => textOf(card));
  const ofContoso = cards.filter((text) => text.includes('Contoso'));
  expect(ofContoso.length).toBeGreaterThan(0);
  expect(ofContoso.length).toBeLessThanOrEqual(10);
  expect(cards.filter((text) => text.includes('tells too much'))).toEqual([]);
});
