import { ConnectorFault } from '../../helpers/botWorld/teams';
import { CHANNEL, useChannel } from '../../helpers/botWorld/useChannel';

const channel = useChannel();
const { world, comesIn, goes } = channel;

describe('where others read along:', () => {
  it.each([
    'customers',
    'customer Northwind',
    'agents Northwind',
    'rename customer Northwind',
    'add customer Other',
  ])('the bot answers “%s” only while everybody has a role', async (command) => {
    const tess = world.seat(world.site.tess, CHANNEL);
    expect((await tess.says(command)).text).toMatch(/Northwind|Other was added/);
    await tess.says('cancel');
    for (const [why, who] of [
      ['Guests or people of other organizations', channel.guest],
      ['Without a role in Keyturn', world.site.ned],
    ] as const) {
      await comesIn(who);
      const before = await world.changes();
      const { text, card } = await tess.says(command);
      expect(text).toContain(`may not see customers. ${why}: ${who.name}.`);
      expect(text).toContain('our personal chat');
      expect(text).not.toContain('Northwind');
      expect(card).toBeUndefined();
      expect(await world.changes()).toEqual(before);
      goes(who);
      await comesIn(world.site.tess);
    }
  });

  it('no typed name tells a stranger whether somebody is a customer', async () => {
    const tess = world.seat(world.site.tess, CHANNEL);
    expect((await tess.says('northwind')).text).toContain('Northwind');
    await comesIn(channel.guest);
    for (const text of ['%s', 'show %s', '%s agents', 'northwinf %s', '%s test', 'reset %s']) {
      const said = async (name: string) => (await tess.says(text.replace('%s', name))).text;
      expect((await said('Northwind')).replaceAll('Northwind', 'Southwind')).toBe(await said('Southwind'));
    }
  });

  it.each(['people', 'integrations'])('the bot answers “%s” in the personal chat alone', async (command) => {
    const { text, card } = await world.seat(world.site.ada, CHANNEL).says(command);
    expect(text).toContain('our personal chat');
    expect(card).toBeUndefined();
  });

  it('an open dialog and the buttons of a card stop when a stranger joins', async () => {
    const tess = world.seat(world.site.tess, CHANNEL);
    await tess.says('customer Northwind');
    const shown = structuredClone(tess.card);
    await tess.says('rename customer Northwind');
    const question = structuredClone(tess.card);
    await comesIn(channel.guest);
    for (const seen of [
      await tess.clicks(question, 'Rename', { name: 'Other' }),
      await tess.says('Other'),
      await tess.says(''),
      await tess.clicks(shown, 'Rename'),
    ]) {
      expect(seen.text).toContain('our personal chat');
      expect(seen.text).not.toContain('Northwind');
    }
    expect((await world.bot.stores.customers.get(channel.customerId))?.value.name).toBe('Northwind');
  });

  it.each(['cancel', 'notify', 'home', 'people'])(
    'what stays of an open dialog is not named to a stranger: “%s”',
    async (words) => {
      const ada = world.seat(world.site.ada, CHANNEL);
      await ada.says('rename customer Northwind');
      expect((await ada.says('home')).text).toContain('Northwind keeps its name.');
      await comesIn(channel.guest);
      const { text } = await ada.says(words);
      expect(text).toContain('What was saved before stays as it is.');
      expect(text).not.toContain('Northwind');
    },
  );

  it('nor when the dialog has expired', async () => {
    const ada = world.seat(world.site.ada, CHANNEL);
    await ada.says('rename customer Northwind');
    await comesIn(channel.guest);
    world.site.clock.advance(25 * 60 * 60 * 1000);
    const { text } = await ada.says('help');
    expect(text).toContain('for more than 24 hours');
    expect(text).not.toContain('Northwind');
  });

  it('“notify” names no customer, and says why alerts are paused', async () => {
    const ada = world.seat(world.site.ada, CHANNEL);
    expect((await ada.says('notify Northwind')).text).toContain('Customers Northwind');
    await comesIn(channel.guest);
    const { text } = await ada.says('notify');
    expect(text).toContain('Guests or people of other organizations: Gus.');
    expect(text).toContain('alerts for 1 customer');
    expect(text).not.toContain('Northwind');
  });

  it('“notify” does not mention names while no customer is chosen', async () => {
    await comesIn(channel.guest);
    const { text } = await world.seat(world.site.ada, CHANNEL).says('notify');
    expect(text).toContain('gets no alerts yet');
    expect(text).not.toContain('Contoso');
    expect(text).not.toContain('Northwind');
  });

  it('the bot notices a person who joins while it looks up the members', async () => {
    const tess = world.seat(world.site.tess, CHANNEL);
    await tess.says('cancel');
    const { teams } = world.site;
    const roster = teams.roster.bind(teams);
    teams.roster = async (...page) => {
      const told = await roster(...page);
      teams.roster = roster;
      await comesIn(channel.guest);
      return { ...told, continuationToken: undefined } as never;
    };
    const { text, card } = await tess.says('customers');
    expect(text).toContain('our personal chat');
    expect(card).toBeUndefined();
  });

  it('a person who joins a team counts in all of its channels', async () => {
    const other = { id: '19:second@thread.tacv2', kind: 'channel' } as const;
    const tess = world.seat(world.site.tess, other);
    await world.seat(world.site.tess, CHANNEL).says('cancel');
    expect((await tess.says('customers')).text).toContain('Northwind');
    world.site.teams.enters(other.id, channel.guest.channelId);
    await comesIn(channel.guest);
    expect((await tess.says('customers')).text).toContain('our personal chat');
  });

  it('the bot shows no customers while Teams does not say who is there', async () => {
    const tess = world.seat(world.site.tess, CHANNEL);
    await tess.says('cancel');
    world.site.teams.before = (what) => {
      if (what === 'lookup') throw new ConnectorFault(503);
    };
    expect((await tess.says('customers')).text).toContain('Teams did not say who is in this conversation');
  });
});

describe('a person who has lost every role', () => {
  const kept = async () => [
    await world.bot.stores.subscriptions.get('a:Tess'),
    await world.bot.stores.references.get('a:Tess'),
  ];
  beforeEach(async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('notify Northwind');
    expect(await kept()).toEqual([expect.anything(), expect.anything()]);
  });

  it('is forgotten when an admin removes that person', async () => {
    await world
      .seat(world.site.ada)
      .executes({ verb: 'removePerson', data: { personId: world.site.tess.id } });
    expect(await kept()).toEqual([undefined, undefined]);
  });

  it('is forgotten by the background check, however the role was lost', async () => {
    await world.bot.stores.people.remove(world.site.tess.id ?? '');
    await world.bot.daily.find(({ name }) => name === 'shared conversations')?.run();
    expect(await kept()).toEqual([undefined, undefined]);
  });
});
