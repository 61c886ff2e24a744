import { touchNotice } from '../../../domain/notifications/touchNotice';
import { useNotices } from '../../helpers/bot/useNotices';
import { textOf } from '../../helpers/botWorld/cardReader';
import { ConnectorFault } from '../../helpers/botWorld/teams';

const { world, contoso, happened, reset, cards, dispatch } = useNotices();

test('a reset is told once, with who made it and whose account it is', async () => {
  await happened(reset(1));
  await dispatch();
  await dispatch();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toMatch(/^CONTOSO\\administrator reset the password of User 1 Contoso/);
  expect(cards()[0]).toContain('user1@contoso.test');
  expect(cards()[0]).toContain('Was that your team?');
});

test('resets within a minute become one card, and the next minute begins another', async () => {
  await happened(reset(1));
  await dispatch();
  world.site.clock.advance(30_000);
  await happened(reset(2), reset(3));
  await dispatch();
  world.site.clock.advance(5_000);
  await dispatch();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('3 accounts reset');
  world.site.clock.advance(30_000);
  await happened(reset(4));
  await dispatch();
  expect(cards()).toHaveLength(2);
  expect(cards()[1]).toContain('reset the password of User 4');
});

test('a burst of 500 is one card that is not brought up to date for each reset', async () => {
  await happened(...Array.from({ length: 500 }, (_, n) => reset(n)));
  await dispatch();
  world.site.clock.advance(10_000);
  await dispatch();
  const told = world.site.teams.messages.filter(({ card }) => textOf(card).includes('accounts reset'));
  expect(told).toHaveLength(1);
  expect(textOf(told[0]?.card)).toContain('500 accounts reset');
  expect(textOf(told[0]?.card)).toContain('and 490 more accounts');
  expect(told[0]?.updates).toBeLessThanOrEqual(2);
});

test('two instances on one store tell a reset once', async () => {
  const other = await world.site.start();
  await happened(...Array.from({ length: 30 }, (_, n) => reset(n)));
  await Promise.all([dispatch(), other.notifications.run(), dispatch(), other.notifications.run()]);
  world.site.clock.advance(70_000);
  await Promise.all([dispatch(), other.notifications.run()]);
  expect(cards().filter((text) => text.includes('30 accounts reset'))).toHaveLength(1);
});

test('only what is urgent raises an alert of its own', async () => {
  await happened(reset(1), reset(2, { privileged: true }));
  await dispatch();
  expect(
    world.site.teams.messages.map(({ card, alert }) => [textOf(card).includes('User 2'), alert]),
  ).toEqual(
    expect.arrayContaining([
      [false, undefined],
      [true, true],
    ]),
  );
});

test('a change by the user asks for no explanation', async () => {
  await happened(reset(1, { how: 'change' }));
  await dispatch();
  expect(cards()[0]).toContain('User 1 changed their own password');
  expect(cards()[0]).not.toMatch(/it was us|unexplained/i);
});

test('the card of a reset shows the arrival on the same card', async () => {
  await happened(reset(1, { facts: { arrival: { state: 'checking' } } }));
  await dispatch();
  expect(cards()[0]).toContain('Checking whether it works');
  const stored = await world.bot.stores.events.get(`reset|${contoso()}|1`);
  if (!stored || !('arrival' in stored.value.facts)) throw new Error('no reset');
  const facts = { ...stored.value.facts, arrival: { state: 'live' as const, afterMs: 94_000 } };
  await world.bot.stores.events.replace(stored, { ...stored.value, facts });
  await touchNotice({ stores: world.bot.stores, clock: world.site.clock }, stored.value.noticeId ?? '');
  world.site.clock.advance(5_000);
  await dispatch();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('Works in Microsoft 365 (after 1 min 34 s)');
});

describe('sending', () => {
  test('sends a card once, as soon as Teams allows it, when Teams asks to wait', async () => {
    world.site.teams.fails(new ConnectorFault(429, 7));
    await happened(reset(1));
    await dispatch();
    expect(cards()).toHaveLength(0);
    world.site.clock.advance(6_000);
    await dispatch();
    expect(cards()).toHaveLength(0);
    world.site.clock.advance(1_500);
    await dispatch();
    expect(cards()).toHaveLength(1);
  });

  test.each([403, 404])(
    'writes no more to a conversation that answers %d until the bot is back there, and then tells what happened',
    async (status) => {
      world.site.teams.fails(new ConnectorFault(status), 1);
      await happened(reset(1));
      await dispatch();
      world.site.clock.advance(3_600_000);
      await happened(reset(2));
      await dispatch();
      expect(cards()).toHaveLength(0);
      expect((await world.bot.stores.references.get('a:Tess'))?.value.installed).toBe(false);
      await world.seat(world.site.tess).installs();
      world.site.teams.messages.length = 0;
      await happened(reset(3));
      world.site.clock.advance(5_000);
      await dispatch();
      for (const user of ['User 1', 'User 2', 'User 3'])
        expect(cards().filter((card) => card.includes(user))).toHaveLength(1);
    },
  );

  test.each([500, 503, 504])(
    'gives up a connector that answers %d again and again, and "notify" says so',
    async (status) => {
      world.site.teams.fails(new ConnectorFault(status), 100);
      await happened(reset(1));
      for (let hour = 0; hour < 12; hour++) {
        await dispatch();
        world.site.clock.advance(3_600_000);
      }
      world.site.teams.fails([]);
      await dispatch();
      expect(cards()).toHaveLength(0);
      const seen = await world.seat(world.site.tess).says('notify');
      expect(seen.text).toContain('1 alert could not be delivered');
    },
  );

  test('sends again when an instance dies during a send, and says that it may be a repeat', async () => {
    let died = false;
    world.site.teams.before = (what) => {
      if (what !== 'send' || died) return;
      died = true;
      return new Promise(() => undefined);
    };
    await happened(reset(1));
    void dispatch();
    while (!died) await new Promise((resolve) => setImmediate(resolve));
    const other = await world.site.start();
    await other.notifications.run();
    expect(cards()).toHaveLength(0);
    world.site.clock.advance(61_000);
    await other.notifications.run();
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('may have been told already');
  });

  test('tells nothing to a person whose role was taken', async () => {
    const ada = world.seat(world.site.ada);
    await ada.says(`people remove ${world.site.tess.id}`);
    await ada.clicks(ada.card, 'Remove Tess');
    world.site.teams.messages.length = 0;
    await happened(reset(1));
    await dispatch();
    expect(cards()).toHaveLength(0);
  });

  test('tells nothing about a removed customer', async () => {
    const customer = await world.bot.stores.customers.get(contoso());
    if (!customer) throw new Error('no customer');
    const removed = { at: 0, by: { id: 'x', name: 'X' }, purgeAt: 1e15, byRequest: 'r' };
    await world.bot.stores.customers.replace(customer, { ...customer.value, status: 'removed', removed });
    await happened(reset(1));
    await dispatch();
    expect(cards()).toHaveLength(0);
  });
});
