import { commands } from '../../../bot/commands';
import { phrasesIn } from '../../../bot/understanding/language';
import { languages } from '../../../bot/understanding/languages';
import { buttonsOf, nodesOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { BOT } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const GROUP = { id: '19:group', kind: 'groupChat' } as const;
const THREAD = { id: '19:channel@thread.tacv2;messageid=1', kind: 'channel' } as const;

it('home offers only what this person may start, by group', async () => {
  expect(buttonsOf((await world.seat(world.site.ada).says('hello')).card)).toEqual([
    'Customers',
    'Alerts',
    'All commands',
    'Add customer',
    'Import organizations',
    'People',
    'Integrations',
  ]);
  const approver = await world.seat(world.site.abe).says('hi');
  expect(buttonsOf(approver.card)).toEqual(['Customers', 'Alerts', 'All commands']);
  expect(approver.text).toContain('Hello Abe');
});

it('home has one primary button: to add the first customer, and then to see them', async () => {
  const primary = (card: Parameters<typeof nodesOf>[0]) =>
    nodesOf(card).flatMap(({ style, title }) => (style === 'positive' ? [title] : []));
  const tess = world.seat(world.site.tess);
  expect(primary((await tess.says('hi')).card)).toEqual(['Add customer']);
  const customer = sampleCustomer('Contoso');
  await world.bot.stores.customers.insert(customer.id, customer);
  expect(primary((await tess.says('hi')).card)).toEqual(['Customers']);
});

describe.each([GROUP, THREAD])('in a $kind', (conversation) => {
  const enters = (...who: { channelId: string }[]) => {
    for (const { channelId } of who) world.site.teams.enters('19:group', channelId);
    for (const { channelId } of who) world.site.teams.enters('19:channel@thread.tacv2', channelId);
  };

  it('the bot introduces itself to all, and offers only what everybody there may do', async () => {
    enters(world.site.ada, world.site.abe);
    const { text, card } = await world.seat(world.site.ada, conversation).installs();
    expect(text).toContain('I am Keyturn');
    expect(text).not.toContain('Ada');
    expect(buttonsOf(card)).toEqual(['Customers', 'Alerts', 'All commands']);
  });

  it('help offers the same, and what technicians share among technicians', async () => {
    enters(world.site.ada, world.site.tess);
    expect((await world.seat(world.site.ada, conversation).says('help')).text).toMatch(/customers.*add/s);
    const ada = (await world.seat(world.site.ada, conversation).says('help')).text;
    expect(ada).not.toMatch(/people|integrations|remove/);
  });

  it('where somebody may not see customers, it says so and offers none', async () => {
    enters(world.site.ada, world.site.ned);
    const ada = world.seat(world.site.ada, conversation);
    for (const { text, card } of [await ada.says('hi'), await ada.says('help')]) {
      expect(text).toContain('Not everybody here may see customers');
      expect(JSON.stringify(card)).not.toMatch(/"command":"(customers|people|notify)"/);
    }
  });
});

it('help shows five commands, and all that this person may use behind a button', async () => {
  const admin = await world.seat(world.site.ada).says('HELP!');
  const approver = (await world.seat(world.site.abe).says('?')).text;
  for (const { title } of commands.filter(({ group }) => group)) expect(admin.text).toContain(title);
  expect(approver).not.toMatch(/add customer|people|rename|connect office|remove|sync options/);
  const atFirst = nodesOf(admin.card).filter(({ isVisible }) => isVisible !== false);
  const hidden = nodesOf(nodesOf(admin.card).find(({ isVisible }) => isVisible === false));
  const rows = (nodes: object[]) => nodes.filter((node) => 'selectAction' in node).length;
  expect(rows(atFirst) - rows(hidden)).toBe(5);
  expect(JSON.stringify(admin.card)).toContain('Action.ToggleVisibility');
});

it('every command that the manifest lists is in a group of help', () => {
  const missing = commands.filter(({ listed, group, title }) => listed && !group && title !== 'help');
  expect(missing).toEqual([]);
});

it('an unknown word gets similar commands that this person may use, and none that removes anything', async () => {
  const near = async (who: 'ada' | 'abe', word: string) =>
    buttonsOf((await world.seat(world.site[who]).says(word)).card);
  expect(await near('ada', 'ad custmer')).toEqual(['add customer', 'All commands']);
  expect(await near('ada', 'costumers')).toEqual(['customers', 'All commands']);
  expect(await near('ada', 'remov custmer')).toEqual(['All commands']);
  expect(await near('ada', 'reset jonas')).toEqual(['Customers', 'Alerts', 'All commands']);
  expect(await near('ada', 'approve')).toEqual(['All commands']);
  expect(await near('abe', 'renam')).not.toContain('rename customer');
  expect(await near('abe', 'ad custmer')).not.toContain('add customer');
});

/** The phrases of each command that can be typed alone. */
const phrases = commands.map(({ title, forms }) => ({
  title,
  typed: Object.keys(forms)
    .flatMap((form) => Object.values(languages).flatMap(({ phrases }) => phrasesIn(phrases[form] ?? '')))
    .filter((phrase) => !/[…@]/.test(phrase)),
}));

describe.each(phrases)('$title', ({ typed }) => {
  it.each(typed)(
    'is understood as “%s”, in capitals, with spaces around it and punctuation',
    async (phrase) => {
      const plainly = await world.seat(world.site.ada).says(phrase);
      await world.seat(world.site.ada).says('cancel');
      const oddly = await world
        .seat(world.site.ada)
        .says(`  ${phrase.toUpperCase().replaceAll(' ', '   ')}${phrase === '?' ? '' : '!'} `);
      expect(plainly.text).not.toBe('');
      expect(plainly.text).not.toMatch(/I didn’t understand|Did you mean/);
      expect(oddly.text.split('\n')[0]?.slice(0, 25)).toBe(plainly.text.split('\n')[0]?.slice(0, 25));
    },
  );
});

it('“add contoso” asks before it adds a customer of that name', async () => {
  const seat = world.seat(world.site.tess);
  await seat.says('Add Contoso Ltd');
  expect(JSON.stringify(seat.card.card)).toContain('"value":"Contoso Ltd"');
  expect(seat.reads).not.toContain('was added');
  await seat.clicks(seat.card, 'Save', { name: 'Contoso Ltd' });
  expect(seat.reads).toContain('Contoso Ltd was added.');
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
