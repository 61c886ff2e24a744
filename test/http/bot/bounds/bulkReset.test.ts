import { randomUUID } from 'node:crypto';
import type { CustomerEvent } from '../../../../domain/events/customerEvent';
import { groupIntoNotices } from '../../../../domain/notifications/groupIntoNotices';
import type { Stored } from '../../../../domain/ports';
import { reset, type ServingWorld, servingWorld } from '../../../helpers/bot/servingWorld';
import { textOf } from '../../../helpers/botWorld/cardReader';
import { useSite } from '../../../helpers/botWorld/useSite';

const USERS = 2_000;

const world = useSite();
let serving: ServingWorld;
beforeEach(async () => {
  serving = await servingWorld({ stores: world.bot.stores, clock: world.site.clock });
});
afterEach(() => serving.bot.stop());

const now = () => world.site.clock.now();
test('a bulk reset of two thousand users is never refused, told completely on one card beside the alarm, and answered there', async () => {
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
  const { stores } = world.bot;
  const notices = (await stores.notices.list({ limit: 100 })).items;
  const noticed = notices.flatMap(({ value }) => value.eventIds);
  const joined = (await everyEvent()).filter(({ value }) => value.joined?.noticeId === value.noticeId);
  // One event for each reset, and one alarm for all unexplained ones.
  expect(new Set([...noticed, ...joined.map(({ id }) => id)]).size).toBe(USERS + 1);
  expect(noticed.length + joined.length).toBe(USERS + 1);
  const cards = () => world.site.teams.messages.map(({ card }) => textOf(card));
  const ofContoso = cards().filter((text) => text.includes('Contoso'));
  const told = (count: string) => expect.stringContaining(`${count} accounts reset`);
  expect(ofContoso.toSorted()).toEqual([told('2,000'), expect.stringContaining('Alarm: ')]);
  expect(cards().filter((text) => text.includes('tells too much'))).toEqual([]);

  const card = world.site.teams.messages.find((message) => textOf(message.card).includes('2,000 accounts'));
  const later = await agent.asks.events({ stream, events: [reset(USERS + 1, now())] });
  expect(later).toMatchObject({ status: 200 });
  const due = await stores.events.claimDue(now(), 60_000, 10);
  await groupIntoNotices({ stores, clock: world.site.clock }, due);
  await tess.clicks(card, 'Yes, it was us');
  const states = (await everyEvent()).map(({ value: { facts } }) =>
    'explanation' in facts ? facts.explanation.state : facts.kind,
  );
  expect(states.filter((state) => state === 'ours')).toHaveLength(USERS);
  expect(states.filter((state) => state === 'unexplained')).toHaveLength(1);
});

async function everyEvent(): Promise<Stored<CustomerEvent>[]> {
  const found: Stored<CustomerEvent>[] = [];
  let after: string | undefined;
  do {
    const page = await world.bot.stores.events.list({ limit: 1000, ...(after && { after }) });
    found.push(...page.items);
    after = page.next;
  } while (after);
  return found;
}
