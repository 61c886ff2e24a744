import { StoreUnavailable } from '../../../domain/errors';
import { groupIntoNotices } from '../../../domain/notifications/groupIntoNotices';
import { MOST_EVENTS } from '../../../domain/notifications/notification';
import { useNotices } from '../../helpers/bot/useNotices';
import { pressed, textOf } from '../../helpers/botWorld/cardReader';

const { world, contoso, happened, reset, cards, dispatch } = useNotices();

test('"It was us" appears on everybody’s card, once, and is audited', async () => {
  const tom = world.seat(world.site.tom);
  await tom.installs();
  await tom.says('notify');
  await tom.clicks(tom.card, 'Save');
  world.site.teams.messages.length = 0;
  await happened(reset(1));
  await dispatch();
  const tess = world.seat(world.site.tess);
  await tess.clicks(tess.card, 'Yes, it was us');
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
  expect(cards()).toHaveLength(2);
  for (const text of cards()) {
    expect(text).toContain('Confirmed by Tess, ');
    expect(text).not.toContain('[Yes, it was us]');
  }
  const { items } = await world.bot.stores.audit.list({ where: { customerId: contoso() }, limit: 100 });
  expect(items.filter(({ value }) => value.action === 'reset.explain')).toHaveLength(1);
});

test('"It was us" answers what the card showed, not what joined since', async () => {
  await happened(reset(1));
  await dispatch();
  const tess = world.seat(world.site.tess);
  await happened(reset(2));
  await world.bot.stores.events
    .claimDue(world.site.clock.now(), 60_000, 10)
    .then((due) => groupIntoNotices({ stores: world.bot.stores, clock: world.site.clock }, due));
  await tess.clicks(tess.card, 'Yes, it was us');
  const { items } = await world.bot.stores.events.list({ where: { customerId: contoso() }, limit: 10 });
  const said = items.map(({ id, value: { facts } }) => [
    id,
    'explanation' in facts ? facts.explanation.state : '',
  ]);
  expect(Object.fromEntries(said)).toEqual({
    [`reset|${contoso()}|1`]: 'ours',
    [`reset|${contoso()}|2`]: 'unexplained',
  });
});

test('"It was us" on the card of a flood answers all that the card told, and nothing that joined since', async () => {
  const { stores } = world.bot;
  const states = async () => {
    const { items } = await stores.events.list({ where: { customerId: contoso() }, limit: 1000 });
    const said = items.map(({ value: { facts } }) =>
      'explanation' in facts ? facts.explanation.state : facts.kind,
    );
    return Object.fromEntries(said.map((state) => [state, said.filter((each) => each === state).length]));
  };
  const flood = Array.from({ length: MOST_EVENTS + 60 }, (_, n) => reset(n));
  await happened(...flood);
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
  const all = cards().filter((text) => / accounts reset/.test(text));
  expect(all).toHaveLength(1);
  expect(all[0]).toContain('560 accounts reset');
  expect(all[0]).toContain('and 550 more accounts');
  const tess = world.seat(world.site.tess);
  const card = world.site.teams.messages.find((message) => textOf(message.card) === all[0]);
  await happened(reset(600), reset(601));
  await stores.events
    .claimDue(world.site.clock.now(), 60_000, 10)
    .then((due) => groupIntoNotices({ stores, clock: world.site.clock }, due));
  const { text, card: answered } = await tess.clicks(card, 'Yes, it was us');
  expect(await states()).toEqual({ ours: 560, unexplained: 2, unexplainedResets: 1 });
  expect(text).toContain('562 accounts reset');
  expect(text).toContain('560 confirmed by Tess, ');
  expect(text).toContain('2 of these are unexplained. Was that your team?');
  await tess.executes(pressed(answered, 'No, investigate', {}), card?.id);
  expect(await states()).toEqual({ ours: 560, lookInto: 2, unexplainedResets: 1 });
});

test('an approver may not explain resets, and nothing changes', async () => {
  await happened(reset(1));
  await dispatch();
  const { id } = world.seat(world.site.tess).card;
  const noticeId = `notice|reset|${contoso()}|1`;
  const abe = world.seat(world.site.abe);
  const before = await world.changes();
  const seen = await abe.executes(
    { type: 'Action.Execute', verb: 'explainResets', data: { noticeId, as: 'ours' } },
    id,
  );
  expect(seen.text).toContain('may not');
  expect(await world.changes()).toEqual(before);
});

test('a made-up notice is refused', async () => {
  const tess = world.seat(world.site.tess);
  const before = await world.changes();
  const seen = await tess.executes({
    type: 'Action.Execute',
    verb: 'explainResets',
    data: { noticeId: 'made up', as: 'ours' },
  });
  expect(seen.text).toContain('too old');
  expect(await world.changes()).toEqual(before);
});

describe('a new unexplained reset after an answer is a new message', () => {
  const later = async (n: number) => {
    world.site.clock.advance(5_000);
    await happened(reset(n));
    await dispatch();
    world.site.clock.advance(5_000);
    await dispatch();
  };

  test('on the card of the resets, although its minute is not over', async () => {
    await happened(reset(1));
    await dispatch();
    await world.seat(world.site.tess).clicks(world.seat(world.site.tess).card, 'Yes, it was us');
    await later(2);
    expect(cards()).toHaveLength(2);
    expect(cards()[0]).not.toContain('User 2');
    expect(cards()[1]).toContain('User 2');
    expect(cards()[1]).toContain('[Yes, it was us]');
  });

  test('also when the instance that took the answer died before it wrote the answer down', async () => {
    await happened(reset(1));
    await dispatch();
    const { events } = world.bot.stores;
    const replace = events.replace.bind(events);
    events.replace = () => Promise.reject(new StoreUnavailable('died'));
    const tess = world.seat(world.site.tess);
    await tess.clicks(tess.card, 'Yes, it was us').catch(() => undefined);
    Object.assign(events, { replace });
    world.site.teams.messages.splice(1);
    await later(2);
    expect(cards()).toHaveLength(2);
    expect(cards()[1]).toContain('User 2');
  });

  test('on an alarm', async () => {
    await happened(...Array.from({ length: 5 }, (_, n) => reset(n)));
    await dispatch();
    const alarms = () => cards().filter((text) => / password resets .*within \d/.test(text));
    const alarm = world.site.teams.messages.find(({ card }) => textOf(card).includes('Alarm'));
    await world.seat(world.site.tess).clicks(alarm, 'No, investigate');
    await later(5);
    expect(alarms()).toHaveLength(2);
    expect(alarms()[1]).toContain('User 5');
    expect(cards().filter((text) => text.includes('User 5') && !alarms().includes(text))).toHaveLength(1);
  });

  test('on a digest', async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save', { when: 'quiet', timeZone: 'UTC' });
    world.site.teams.messages.length = 0;
    world.site.clock.advance(Date.UTC(2026, 5, 10, 6, 59, 50) - world.site.clock.now());
    await happened(reset(1));
    await dispatch();
    world.site.clock.advance(10_000);
    await dispatch();
    await tess.clicks(tess.card, 'Yes, it was us');
    await later(2);
    expect(cards()).toHaveLength(2);
    expect(cards()[1]).toContain('User 2');
    expect(cards()[1]).toContain('[Yes, it was us]');
  });
});
