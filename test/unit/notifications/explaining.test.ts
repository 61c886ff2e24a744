import { handOverEvents } from '../../../domain/notifications/handOverEvents';
import { useNotices } from '../../helpers/useNotices';

const { world, contoso, happened, reset, cards, dispatch } = useNotices();

test('"It was us" is said on everybody’s card, once, and audited', async () => {
  const tom = world.seat(world.site.tom);
  await tom.installs();
  await tom.says('notify');
  await tom.clicks(tom.card, 'Save');
  world.site.teams.messages.length = 0;
  await happened(reset(1));
  await dispatch();
  const tess = world.seat(world.site.tess);
  await tess.clicks(tess.card, 'It was us');
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
  expect(cards()).toHaveLength(2);
  for (const text of cards()) {
    expect(text).toContain('Tess says that it was us');
    expect(text).not.toContain('[It was us]');
  }
  const { items } = await world.bot.stores.audit.list({ where: { customerId: contoso() }, limit: 100 });
  expect(items.filter(({ value }) => value.action === 'reset.explain')).toHaveLength(1);
});

test('"It was us" is said of what the card showed, not of what joined it since', async () => {
  await happened(reset(1));
  await dispatch();
  const tess = world.seat(world.site.tess);
  await happened(reset(2));
  await world.bot.stores.events
    .claimDue(world.site.clock.now(), 60_000, 10)
    .then((due) => handOverEvents({ ...world.bot.stores, clock: world.site.clock }, due));
  await tess.clicks(tess.card, 'It was us');
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

test('an approver may not, and nothing changes', async () => {
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
