import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { useArrivals } from '../../helpers/bot/useArrivals';

const arrivals = useArrivals();
const { world, happens, passes, cards } = arrivals;
const tess = () => world.seat(world.site.tess);
const explanation = async (id: string) => {
  const facts = (await world.bot.stores.events.get(id))?.value.facts;
  return facts && 'explanation' in facts ? facts.explanation.state : undefined;
};

test('a reset that did not come to Microsoft 365 is told in a new message, which asks as the first card does', async () => {
  const id = await happens();
  await passes(660);
  expect(cards()).toHaveLength(2);
  const [first = '', second = ''] = cards();
  for (const card of [first, second]) expect(card).toContain('Not seen in Microsoft 365 within 10 minutes');
  expect(second).toContain('User 1');
  await tess().clicks(tess().card, 'Yes, it was us');
  expect(await explanation(id)).toBe('ours');
  await passes(10);
  expect(cards()).toHaveLength(2);
  for (const card of cards()) expect(card).toContain('Tess');
});

test('an answer on the first card is shown on the new message, too', async () => {
  await happens();
  await passes(1);
  const [{ id: first } = { id: '' }] = world.site.teams.messages;
  await passes(660);
  const card = world.site.teams.messages.find(({ id }) => id === first);
  await tess().clicks(card, 'Yes, it was us');
  await passes(10);
  expect(cards()[1]).toContain('Tess');
  expect(cards()[1]).not.toContain('[Yes, it was us]');
});

test('good news brings the card up to date and is no new message', async () => {
  const { resetAt } = arrivals;
  arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt + 9_000 });
  await happens();
  await passes(60);
  expect(cards()).toHaveLength(1);
});

test('that nobody knows whether it arrived is bad news, too', async () => {
  arrivals.cloud = () => {
    throw new MicrosoftRefused('unavailable');
  };
  await happens();
  await passes(660);
  expect(cards()).toHaveLength(2);
});

test('ten that fail within a minute are one new message', async () => {
  for (let n = 1; n <= 10; n++) await happens({}, {}, n);
  await passes(700);
  expect(cards().filter((card) => card.includes('new passwords not seen in Microsoft 365'))).toHaveLength(1);
  expect(cards().at(-1)).toContain('10 new passwords');
});

test('what was foretold on the first card is told once', async () => {
  await happens({}, { finding: 'It is in staging mode.', foretold: true });
  await passes(1);
  expect(cards()[0]).toContain('It is in staging mode.');
  await passes(700);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('within 10 min');
});

test('a digest that counts failed arrivals does not answer their resets', async () => {
  const id = await happens();
  await passes(300);
  const [known] = (await world.bot.stores.subscriptions.list({ limit: 1 })).items;
  if (!known) throw new TypeError('nobody asks');
  const digestAt = new Date(world.site.clock.now() + 3_600_000).toISOString().slice(11, 16);
  await world.bot.stores.subscriptions.replace(known, { ...known.value, timeZone: 'UTC', digestAt });
  await passes(400);
  expect(cards()).toHaveLength(1);
  world.site.clock.advance(3_600_000);
  await passes(10);
  expect(cards()).toHaveLength(2);
  expect(cards()[1]).toContain('not in Microsoft 365');
  const { items } = await world.bot.stores.deliveries.list({ limit: 10 });
  const digest = items.find(({ value }) => value.subject.kind === 'digest');
  const data = { digestId: digest?.id, madeAt: world.site.clock.now(), as: 'ours' };
  await tess().executes({ type: 'Action.Execute', verb: 'explainResets', data }, tess().card.id);
  expect(await explanation(id)).toBe('unexplained');
});
