import { VersionConflict } from '../../../domain/errors';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const chat = () => world.site.teams.in('a:Tess');
const joined = { type: 'conversationUpdate', membersAdded: [{ id: '28:keyturn', name: 'Keyturn' }] };

it('the bot greets once, however often Teams reports the installation', async () => {
  const tess = world.seat(world.site.tess);
  expect((await tess.installs('i1')).text).toContain('[Add customer]');
  await tess.installs('i1');
  await tess.installs('i2');
  await tess.does(joined);
  expect(chat()).toHaveLength(1);
});

it('the bot greets once when two reports arrive at the same moment, even at two instances', async () => {
  const second = await world.site.start();
  const tess = world.seat(world.site.tess);
  await Promise.all([
    tess.installs('i1'),
    tess.at(second).does(joined),
    tess.at(second).installs('i1'),
    tess.does(joined),
  ]);
  expect(chat()).toHaveLength(1);
});

it('a greeting is not lost when its turn is worked out again', async () => {
  let conflicts = 1;
  const bot = await world.site.start((stores) => ({
    ...stores,
    conversations: {
      ...stores.conversations,
      insert: async (id, value) => {
        if (conflicts-- > 0) throw new VersionConflict('conversations', id);
        return stores.conversations.insert(id, value);
      },
    },
  }));
  await world.seat(world.site.tess).at(bot).installs();
  expect(chat()).toHaveLength(1);
});

it('the bot greets again after a removal, and the removal is stored', async () => {
  const tess = world.seat(world.site.tess);
  await tess.installs();
  await tess.does({ type: 'installationUpdate', action: 'remove' });
  expect((await world.bot.stores.references.get('a:Tess'))?.value).toMatchObject({
    installed: false,
    kind: 'personal',
  });
  await tess.installs();
  expect(chat()).toHaveLength(2);
});

it('the way to a conversation is not read in every turn, and a removal still counts', async () => {
  let asked = 0;
  const bot = await world.site.start((stores) => ({
    ...stores,
    references: {
      ...stores.references,
      get: (id) => {
        asked += 1;
        return stores.references.get(id);
      },
    },
  }));
  const tess = world.seat(world.site.tess).at(bot);
  const installed = async () => (await world.bot.stores.references.get('a:Tess'))?.value.installed;
  await tess.says('help');
  await tess.says('help');
  asked = 0;
  await tess.says('help');
  expect(asked).toBe(0);
  await tess.does({ type: 'installationUpdate', action: 'remove' });
  expect(await installed()).toBe(false);
  await tess.says('help');
  expect(await installed()).toBe(true);
});

it('the way to a conversation is read again after a minute, so that other instances’ changes count', async () => {
  const tess = world.seat(world.site.tess);
  await tess.says('help');
  await tess.says('help');
  const second = await world.site.start();
  await tess.at(second).does({ type: 'installationUpdate', action: 'remove' });
  world.site.clock.advance(60_000);
  await tess.says('help');
  expect((await world.bot.stores.references.get('a:Tess'))?.value.installed).toBe(true);
});

describe('the way to a conversation', () => {
  const reference = async (id: string) => world.bot.stores.references.get(id);

  it('is stored with the first message, and not written again while it stays the same', async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('help');
    const first = await reference('a:Tess');
    expect(first?.value).toMatchObject({
      installed: true,
      personId: world.site.tess.id,
      reference: { serviceUrl: 'https://smba.test/emea/' },
    });
    await tess.says('help');
    await world.seat(world.site.tess).clicks(tess.card, 'customers');
    expect((await reference('a:Tess'))?.version).toBe(first?.version);
  });

  it('follows a new service address', async () => {
    const tess = world.seat(world.site.tess);
    await tess.says('help');
    await tess.does({ type: 'message', text: 'help', serviceUrl: 'https://smba.test/amer/' });
    expect((await reference('a:Tess'))?.value.reference).toMatchObject({
      serviceUrl: 'https://smba.test/amer/',
    });
  });

  it('in a channel is the channel itself, not a thread or the last speaker', async () => {
    const thread = (n: number) => ({ id: `19:c@thread.tacv2;messageid=${n}`, kind: 'channel' }) as const;
    await world.seat(world.site.tess, thread(1)).says('cancel');
    await world.seat(world.site.tom, thread(2)).says('cancel');
    const { items } = await world.bot.stores.references.list({ limit: 10 });
    expect(items.map(({ id, version, value }) => [id, version, value.kind])).toEqual([
      ['19:c@thread.tacv2', 1, 'channel'],
    ]);
  });

  it('is not taken from strangers', async () => {
    await world.seat(world.site.ned).says('help');
    expect(await reference('a:Ned')).toBeUndefined();
  });
});
