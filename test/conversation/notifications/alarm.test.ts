import { StoreUnavailable } from '../../../domain/errors';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { useNotices } from '../../helpers/bot/useNotices';
import { textOf } from '../../helpers/botWorld/cardReader';

const { world, contoso, happened, cards: texts, dispatch } = useNotices();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const now = () => world.site.clock.now();
const alarms = () => texts().filter((text) => /^(Alarm: )?[\d,]+ password resets .*within \d/.test(text));
const seen = (n: number) => happened(resetEvent(contoso(), n, now()));
/** Resets that are told now and were made `ages` ago. */
const foundLate = async (ages: readonly number[]) => {
  for (const [n, age] of ages.entries()) {
    const { id, value } = resetEvent(contoso(), n, now() - age, { facts: { kind: 'resetLate' } });
    await world.bot.stores.events.insert(id, { ...value, toldAt: now(), dueAt: now() });
  }
};
const sharesOf = (count: number, ms: number) =>
  Array.from({ length: count }, (_, n) => Math.round((ms * n) / (count - 1)));

test('five unexplained resets within minutes raise one alarm, which grows', async () => {
  for (let n = 0; n < 7; n++) {
    await seen(n);
    await dispatch();
    world.site.clock.advance(61_000);
  }
  await dispatch();
  expect(alarms()).toHaveLength(1);
  expect(alarms()[0]).toMatch(/^Alarm: 7 password resets by CONTOSO\\administrator within \d+ minutes?/);
});

describe('a standing alarm', () => {
  const burst = async (from: number, to: number, more: Parameters<typeof resetEvent>[3] = {}) => {
    for (let n = from; n < to; n++) await happened(resetEvent(contoso(), n, now(), more));
    await dispatch();
    world.site.clock.advance(10_000);
    await dispatch();
  };

  test('counts later resets on its card after five trivial ones, and sends a new message for ten times as many', async () => {
    await burst(0, 5);
    await burst(5, 49);
    expect(alarms()).toHaveLength(1);
    expect(alarms()[0]).toMatch(/^Alarm: 49 password resets by CONTOSO\\administrator within \d+ minutes?/);
    expect(alarms()[0]).toContain('User 14');
    expect(alarms()[0]).toContain('and 39 more resets');
    await burst(49, 155);
    expect(alarms()).toHaveLength(2);
    expect(alarms()[1]).toMatch(/^Alarm: 155 password resets by CONTOSO\\administrator within \d+ minutes?/);
  });

  test('sends a new message for a privileged account and names it first', async () => {
    await burst(0, 5);
    await burst(5, 6, { privileged: true });
    expect(alarms()).toHaveLength(2);
    expect(alarms()[1]).toMatch(/^Alarm: 6 password resets by CONTOSO\\administrator within \d+ minutes?/);
    expect(alarms()[1]).toMatch(/User 5 ⚠ privileged[\s\S]*User 0/);
  });

  test('sends a new message for a reset that it told as ordinary and that turns out to be privileged, and its old card answers the ordinary ones alone', async () => {
    await burst(0, 5);
    const id = `reset|${contoso()}|0`;
    const event = await world.bot.stores.events.get(id);
    if (!event) throw new Error('no event');
    const { noticeId = '', ...value } = event.value;
    const turned = { ...value, movedFrom: noticeId, privileged: true, dueAt: now() };
    await world.bot.stores.events.replace(event, turned);
    await burst(0, 0);
    expect(alarms()).toHaveLength(2);
    expect(alarms()[1]).toMatch(/^Alarm: 5 password resets by CONTOSO\\administrator within \d+ minutes?/);
    expect(alarms()[1]).toMatch(/User 0 ⚠ privileged/);
    const { items } = await world.bot.stores.notices.list({ where: { customerId: contoso() }, limit: 10 });
    const old = items.find(({ value: each }) => each.kind === 'unexplainedResets' && !each.privileged);
    const tess = world.seat(world.site.tess);
    const data = { noticeId: old?.id, shown: 1, resets: 5, as: 'ours' };
    await tess.executes({ type: 'Action.Execute', verb: 'explainResets', data }, tess.card.id);
    const left = { where: { customerId: contoso(), explanation: 'unexplained' }, limit: 10 };
    const unexplained = (await world.bot.stores.events.list(left)).items.map((each) => each.id);
    expect(unexplained).toEqual([id]);
  });

  test('grows and is told anew when the clock of the next instance is behind', async () => {
    await burst(0, 5);
    world.site.clock.advance(-15_000);
    await burst(5, 6, { privileged: true });
    await burst(6, 7, { privileged: true });
    expect(alarms()).toHaveLength(3);
    expect(alarms()[2]).toMatch(/^Alarm: 7 password resets by CONTOSO\\administrator within \d+ minutes?/);
  });

  test('sends six messages in a flood of privileged accounts, and the last one keeps counting', async () => {
    await burst(0, 5);
    for (let n = 5; n < 15; n++) await burst(n, n + 1, { privileged: true });
    expect(alarms()).toHaveLength(6);
    expect(alarms()[5]).toMatch(/^Alarm: 15 password resets by CONTOSO\\administrator within \d+ minutes?/);
  });

  test('lists a bounded number, counts all of them, and is told anew after half an hour', async () => {
    await burst(0, 5);
    await burst(5, 600);
    const { items } = await world.bot.stores.events.list({
      where: { customerId: contoso(), kind: 'unexplainedResets' },
      limit: 10,
    });
    const facts = items.map(({ value }) => value.facts).filter((each) => 'eventIds' in each);
    expect(Math.max(...facts.map(({ eventIds }) => eventIds.length))).toBe(500);
    expect(alarms().join()).toMatch(/Alarm: 600 password resets within/);
    const before = alarms().length;
    world.site.clock.advance(31 * MINUTE);
    await burst(2_000, 2_005);
    expect(alarms()).toHaveLength(before + 1);
    expect(alarms().at(-1)).toMatch(
      /^Alarm: 5 password resets by CONTOSO\\administrator within \d+ minutes?/,
    );
  });

  test('does not grow by resets that were made long before it', async () => {
    await burst(0, 5);
    const { id, value } = resetEvent(contoso(), 5, now() - HOUR, { facts: { kind: 'resetLate' } });
    await happened({ id, value: { ...value, toldAt: now(), dueAt: now() } });
    await dispatch();
    expect(alarms()[0]).toMatch(/^Alarm: 5 password resets by CONTOSO\\administrator within \d+ minutes?/);
  });

  test('“It was us” answers only what the card showed: later resets stay unexplained', async () => {
    await burst(0, 5);
    const shown = world.site.teams.messages.find(({ card }) => textOf(card).startsWith('Alarm: '));
    const { items } = await world.bot.stores.notices.list({ where: { customerId: contoso() }, limit: 10 });
    const noticeId = items.find(({ value }) => value.kind === 'unexplainedResets')?.id;
    await burst(5, 6);
    const tess = world.seat(world.site.tess);
    const data = { noticeId, shown: 1, resets: 5, as: 'ours' };
    await tess.executes({ type: 'Action.Execute', verb: 'explainResets', data }, shown?.id);
    const left = { customerId: contoso(), explanation: 'unexplained' };
    expect(await world.bot.stores.events.count({ where: left })).toBe(1);
  });
});

test('another instance raises the alarm when the first dies right after the resets have their notice', async () => {
  for (let n = 0; n < 5; n++) await seen(n);
  const { events } = world.bot.stores;
  const replace = events.replace.bind(events);
  let dead = false;
  const once = events.list.bind(events);
  events.replace = async (current, value) => {
    const written = await replace(current, value);
    dead ||= value.noticeId !== undefined;
    return written;
  };
  events.list = (query) => (dead ? Promise.reject(new StoreUnavailable('gone')) : once(query));
  await dispatch().catch(() => undefined);
  Object.assign(events, { replace, list: once });
  world.site.clock.advance(61_000);
  await dispatch();
  expect(alarms()).toHaveLength(1);
});

test('a reset that is due again with new facts raises no second alarm', async () => {
  for (let n = 0; n < 5; n++) await seen(n);
  await dispatch();
  world.site.clock.advance(2 * HOUR);
  for (const event of (await world.bot.stores.events.list({ limit: 10 })).items)
    await world.bot.stores.events.replace(event, { ...event.value, dueAt: now() });
  await dispatch();
  expect(alarms()).toHaveLength(1);
});

describe('resets that were found late', () => {
  test('fifty made within minutes raise one alarm, also in quiet hours', async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('notify');
    const quiet = { when: 'quiet', timeZone: 'UTC', quietFrom: '00:00', quietTo: '23:59' };
    await tess.clicks(tess.card, 'Save', quiet);
    world.site.teams.messages.length = 0;
    await foundLate(sharesOf(50, 9 * MINUTE).map((age) => 3 * HOUR + age));
    await dispatch();
    await dispatch();
    expect(alarms()).toHaveLength(1);
    expect(alarms()[0]).toMatch(/^Alarm: 50 password resets by CONTOSO\\administrator within \d+ minutes?/);
    expect(alarms()[0]).toContain('and 40 more resets');
    expect(texts()).toHaveLength(1);
  });

  test.each([
    ['fifty over a week', sharesOf(50, 7 * 24 * HOUR)],
    ['five over six hours', sharesOf(5, 6 * HOUR)],
  ])('%s raise no alarm, though all are told at once', async (_, ages) => {
    await foundLate(ages);
    await dispatch();
    expect(alarms()).toEqual([]);
    expect(texts()).toHaveLength(1);
  });

  test('four late resets and one that was seen at once raise an alarm when they were made together', async () => {
    await foundLate([MINUTE, MINUTE, MINUTE, MINUTE].map((age, n) => age + n));
    await seen(9);
    await dispatch();
    expect(alarms()).toHaveLength(1);
  });
});

test('“It was us” on the card of the resets also answers the alarm', async () => {
  for (let n = 0; n < 5; n++) await seen(n);
  await dispatch();
  expect(alarms()[0]).toContain('[Yes, it was us]');
  const tess = world.seat(world.site.tess);
  const resets = world.site.teams.messages.find(({ card }) => textOf(card).startsWith('5 accounts reset'));
  const data = { noticeId: `notice|reset|${contoso()}|0`, as: 'ours' };
  await tess.executes({ type: 'Action.Execute', verb: 'explainResets', data }, resets?.id);
  world.site.clock.advance(5_000);
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
  expect(alarms()).toHaveLength(1);
  expect(alarms()[0]).toContain('Confirmed by Tess, ');
  expect(alarms()[0]).not.toMatch(/Alarm|unexplained/i);
  expect(alarms()[0]).not.toContain('Was that your team?');
  expect(alarms()[0]).not.toContain('[Yes, it was us]');
});
