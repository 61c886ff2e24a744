import { commands } from '../../../bot/commands';
import { buttonsOf } from '../../helpers/botWorld/cardReader';
import { BOT } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const GROUP = { id: '19:group', kind: 'groupChat' } as const;
const THREAD = { id: '19:channel@thread.tacv2;messageid=1', kind: 'channel' } as const;

it('home offers only what this person may start', async () => {
  expect(buttonsOf((await world.seat(world.site.ada).says('hello')).card)).toEqual([
    'Add customer',
    'Customers',
    'People',
    'Help',
  ]);
  expect(buttonsOf((await world.seat(world.site.abe).says('hi')).card)).toEqual(['Customers', 'Help']);
});

it('help lists the commands that this person may use', async () => {
  const admin = (await world.seat(world.site.ada).says('HELP!')).text;
  const approver = (await world.seat(world.site.abe).says('?')).text;
  for (const { title } of commands.filter(({ listed }) => listed)) expect(admin).toContain(title);
  expect(approver).not.toMatch(/add customer|people|rename|connect office|remove|sync options/);
});

it('an unknown word gets the two most similar commands that this person may use', async () => {
  const near = async (who: 'ada' | 'abe', word: string) =>
    buttonsOf((await world.seat(world.site[who]).says(word)).card);
  expect(await near('ada', 'ad custmer')).toEqual(['add customer', expect.any(String), 'Show all commands']);
  expect(await near('ada', 'costumers')).toEqual(['customers', 'customer', 'Show all commands']);
  expect(await near('abe', 'renam')).not.toContain('rename customer');
  expect(await near('abe', 'ad custmer')).not.toContain('add customer');
});

describe.each(commands)('$title', ({ title, also }) => {
  it.each([title, ...also])(
    'is understood as “%s”, in capitals, with spaces around it and punctuation',
    async (phrase) => {
      const plainly = await world.seat(world.site.ada).says(phrase);
      await world.seat(world.site.ada).says('cancel');
      const oddly = await world
        .seat(world.site.ada)
        .says(`  ${phrase.toUpperCase().replaceAll(' ', '   ')}${phrase === '?' ? '' : '!'} `);
      expect(plainly.text).not.toBe('');
      expect(plainly.text).not.toContain('Show all commands');
      expect(oddly.text.split('\n')[0]?.slice(0, 25)).toBe(plainly.text.split('\n')[0]?.slice(0, 25));
    },
  );
});

it('“add contoso” starts the dialog with that name', async () => {
  const seat = world.seat(world.site.tess);
  await seat.says('Add Contoso Ltd');
  expect(JSON.stringify(seat.card.card)).toContain('"value":"Contoso Ltd"');
});

it.each([GROUP, THREAD])('the bot’s own mention is not part of the text in a $kind', async (conversation) => {
  const seat = world.seat(world.site.tess, conversation);
  expect((await seat.says('customers')).text).toContain('No customers yet.');
  expect((await seat.says('&nbsp;customers&nbsp;')).text).toContain('No customers yet.');
  expect((await seat.says('')).text).toContain('[Customers]');
  const twice = {
    type: 'message',
    text: `<at>${BOT.name}</at>`,
    entities: [{ type: 'mention', mentioned: BOT }],
  };
  expect((await seat.does(twice)).text).not.toContain('went wrong');
});

describe('does no harm:', () => {
  it.each([
    ['an empty message', { text: '' }],
    ['spaces alone', { text: ' \n\t ' }],
    ['no text at all', {}],
    ['20,000 characters', { text: 'x'.repeat(20_000) }],
    ['an emoji', { text: '👍🏽' }],
    [
      'a file',
      { text: '', attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info' }] },
    ],
    ['a null value', { text: 'hello', value: null }],
    ['a value that is a list', { value: [1, 2] }],
    ['a number for a text', { text: 7 as unknown as string }],
    ['a mention of nobody', { text: 'help', entities: [{ type: 'mention' }] }],
    ['marks that no database keeps', { text: 'customer \0 \ud800' }],
  ])('%s', async (_what, activity) => {
    const seat = world.seat(world.site.tess);
    const before = await world.changes();
    const seen = await seat.does({ type: 'message', ...activity });
    expect(seen.messages.length).toBeGreaterThan(0);
    expect(seen.text).not.toContain('Something went wrong');
    expect(await world.changes()).toEqual(before);
  });

  it.each([
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' as const }] },
    { type: 'messageUpdate', text: 'add customer' },
    { type: 'messageDelete' },
    { type: 'typing' },
    { type: 'event', name: 'readReceipt' },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:x', name: 'X' }] },
    { type: 'noSuchType' },
    { type: 'endOfConversation' },
  ])('$type, which the bot does not answer', async (activity) => {
    const before = await world.changes();
    expect((await world.seat(world.site.tess).does(activity)).messages).toEqual([]);
    expect((await world.seat(world.site.ned).does(activity)).messages).toEqual([]);
    expect(await world.changes()).toEqual(before);
  });

  it.each(['task/fetch', 'composeExtension/query', 'no/such'])('the invoke %s is answered', async (name) => {
    const seen = await world.seat(world.site.tess).does({ type: 'invoke', name, value: {} });
    expect(seen.answer?.status).toBe(200);
    expect(seen.messages).toEqual([]);
  });
});
