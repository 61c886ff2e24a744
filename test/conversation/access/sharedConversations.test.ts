import { resetEvent } from '../../helpers/bot/resetEvents';
import { textOf } from '../../helpers/botWorld/cardReader';
import { ConnectorFault } from '../../helpers/botWorld/teams';
import { CHANNEL, useChannel } from '../../helpers/botWorld/useChannel';
import { work } from '../../helpers/botWorld/useImports';

const channel = useChannel();
const { world, comesIn, goes } = channel;
const DAY = 24 * 60 * 60_000;

describe('alerts in a channel', () => {
  let events = 0;
  const reset = async () => {
    const { id, value } = resetEvent(channel.customerId, events++, world.site.clock.now());
    await world.bot.stores.events.insert(id, value);
    await world.bot.notifications.run();
    await work(world.bot);
    world.site.clock.advance(61_000);
  };
  const cards = (conversationId: string) =>
    world.site.teams.in(conversationId).filter(({ card }) => textOf(card).includes('reset the password'));
  const asked = (who = 'Ada') =>
    world.site.teams.in(`a:${who}`).filter(({ card }) => textOf(card).includes('Alerts are paused'));
  const watch = async () => {
    await world.bot.daily.find(({ name }) => name === 'shared conversations')?.run();
    await work(world.bot);
  };
  const subscribed = async () => (await world.bot.stores.subscriptions.get(CHANNEL.id))?.value;
  /** Tess is an admin, sets up the channel's alerts, and then loses the admin role. */
  const setByFormerAdmin = async () => {
    const ada = world.seat(world.site.ada);
    await ada.says(`people add ${world.site.tess.id} admin`);
    const tess = world.seat(world.site.tess, CHANNEL);
    await tess.installs();
    await tess.says('notify Northwind');
    await reset();
    expect(cards(CHANNEL.id)).toHaveLength(1);
    const known = await world.bot.stores.people.get(world.site.tess.id ?? '');
    if (!known) throw new Error('Tess is not there');
    await world.bot.stores.people.replace(known, { ...known.value, roles: ['technician'] });
  };

  it('need a check of the members before the first one, and then once a day', async () => {
    const ada = world.seat(world.site.ada, CHANNEL);
    await ada.installs();
    await ada.says('notify Northwind');
    const { rosters } = world.site.teams;
    await reset();
    await reset();
    expect(world.site.teams.rosters).toBe(rosters);
    world.site.clock.advance(DAY);
    await reset();
    expect(world.site.teams.rosters).toBeGreaterThan(rosters);
    expect(cards(CHANNEL.id)).toHaveLength(3);
  });

  it.each([
    ['a guest', () => channel.guest],
    ['somebody without a role', () => world.site.ned],
  ])(
    'pause while %s is in it: the bot asks an admin once, and sends the held alerts later',
    async (_, who) => {
      const ada = world.seat(world.site.ada, CHANNEL);
      await ada.installs();
      await ada.says('notify Northwind');
      await comesIn(who());
      await reset();
      await reset();
      expect(cards(CHANNEL.id)).toHaveLength(0);
      expect(asked()).toHaveLength(1);
      expect(textOf(asked()[0]?.card)).toContain(who().name);
      goes(who());
      const chat = world.seat(world.site.ada);
      expect((await chat.clicks(asked()[0], 'Check again')).text).toContain('Checking again');
      await world.bot.notifications.run();
      expect(cards(CHANNEL.id)).toHaveLength(2);
    },
  );

  it('pause within a day after a person joined without a report from Teams', async () => {
    const ada = world.seat(world.site.ada, CHANNEL);
    await ada.installs();
    await ada.says('notify Northwind');
    await comesIn(channel.guest, false);
    world.site.clock.advance(DAY);
    await watch();
    expect(asked()).toHaveLength(1);
    await reset();
    expect(cards(CHANNEL.id)).toHaveLength(0);
  });

  it('wait a minute while Teams does not say who is there, and the bot asks no admin', async () => {
    const ada = world.seat(world.site.ada, CHANNEL);
    await ada.installs();
    await ada.says('notify Northwind');
    await comesIn(world.site.tess);
    world.site.teams.before = (what) => {
      if (what === 'lookup') throw new ConnectorFault(503);
    };
    await reset();
    expect(cards(CHANNEL.id)).toHaveLength(0);
    expect(asked()).toHaveLength(0);
    world.site.teams.before = () => undefined;
    await world.bot.notifications.run();
    expect(cards(CHANNEL.id)).toHaveLength(1);
  });

  it('pause when the person who set them loses the admin role, until another admin takes over', async () => {
    await setByFormerAdmin();
    await reset();
    expect(cards(CHANNEL.id)).toHaveLength(1);
    expect(textOf(asked()[0]?.card)).toContain('Tess set these alerts');
    const seen = await world.seat(world.site.ada).clicks(asked()[0], 'Take over');
    expect(seen.text).toContain('Ada now manages the alerts');
    await world.bot.notifications.run();
    expect(cards(CHANNEL.id)).toHaveLength(2);
    expect(await subscribed()).toMatchObject({ setBy: { name: 'Ada' } });
  });

  it('end when an admin ends them', async () => {
    await setByFormerAdmin();
    await watch();
    const card = structuredClone(asked()[0]);
    const ada = world.seat(world.site.ada);
    await ada.clicks(card, 'End alerts');
    expect(await subscribed()).toBeUndefined();
    await reset();
    expect(cards(CHANNEL.id)).toHaveLength(1);
    expect((await ada.clicks(card, 'Take over')).text).toContain('gets no alerts any more');
  });

  it('end by themselves after a week without an answer, on any instance, once', async () => {
    await setByFormerAdmin();
    const second = await world.site.start();
    await watch();
    world.site.clock.advance(6 * DAY);
    await watch();
    expect(await subscribed()).toBeDefined();
    world.site.clock.advance(DAY);
    const chore = (bot: typeof second) =>
      bot.daily.find(({ name }) => name === 'shared conversations')?.run();
    await Promise.all([chore(world.bot), chore(second)]);
    expect(await subscribed()).toBeUndefined();
    const { items } = await world.bot.stores.audit.list({ limit: 100 });
    const ended = items.filter(({ value }) => value.action === 'notify.stop');
    expect(ended.map(({ value }) => value.actor.name)).toEqual(['Keyturn']);
  });

  it('can be taken over or ended only by an admin in the personal chat', async () => {
    await setByFormerAdmin();
    await watch();
    const before = await world.changes();
    for (const seat of [world.seat(world.site.tess), world.seat(world.site.ada, CHANNEL)])
      for (const act of ['take', 'end', 'look'])
        expect((await seat.executes({ verb: 'place', data: { placeId: CHANNEL.id, do: act } })).text).toMatch(
          /may not|personal chat/,
        );
    expect(await world.changes()).toEqual(before);
  });
});
