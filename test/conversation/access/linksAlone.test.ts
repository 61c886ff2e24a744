import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Conversation, Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const SHARED: Conversation[] = [
  { id: '19:group@thread.v2', kind: 'groupChat' },
  { id: '19:channel@thread.tacv2;messageid=7', kind: 'channel' },
  ...['Personal', 'meeting', ''].map((kind) => ({ id: `19:${kind}`, kind }) as unknown as Conversation),
  { id: '19:untold', kind: undefined } as unknown as Conversation,
];

describe.each(SHARED)('in a conversation of the kind $kind', (conversation) => {
  let ada: Seat;
  beforeEach(() => {
    ada = world.seat(world.site.ada, conversation);
  });
  afterEach(async () => {
    expect((await world.bot.stores.oneTimeLinks.list({ limit: 9 })).items).toEqual([]);
    expect(world.site.teams.in(conversation.id).filter(({ signIn }) => signIn)).toEqual([]);
  });

  it.each([
    ['connect office 365 Contoso', /personal chat and type “connect office 365”/],
    ['integrations add it glue', /personal chat and type “integrations”/],
    ['install agent Contoso', /in our personal chat/],
  ])('%s leads to the personal chat', async (command, sentence) => {
    await addsCustomer(world.seat(world.site.ada), 'Contoso', 'later');
    expect((await ada.says(command)).text).toMatch(sentence);
    expect((await ada.says('cancel')).text).toContain('Nothing to cancel');
  });

  it('a person can add a customer, and connects it in the personal chat', async () => {
    await addsCustomer(ada, 'Contoso', 'office365');
    const said = world.site.teams.in(conversation.id).at(-1)?.text;
    expect(said).toContain('Open our personal chat and type “connect office 365”');
  });
});

it('a dialog that an earlier version left open in a group makes no link there', async () => {
  const tess = world.seat(world.site.tess);
  await addsCustomer(tess, 'Contoso', 'office365');
  const { conversations, oneTimeLinks } = world.bot.stores;
  const before = await oneTimeLinks.count();
  const [own] = (await conversations.list({ limit: 9 })).items.filter(({ id }) => id.startsWith('a:Tess'));
  const group: Conversation = { id: '19:group', kind: 'groupChat' };
  const key = own?.id.replace('a:Tess', group.id) ?? '';
  if (own) await conversations.insert(key, { ...own.value, pending: [] });
  const there = world.seat(world.site.tess, group);
  expect((await there.clicks(tess.card, 'New sign-in link')).text).toContain('Open our personal chat');
  expect(await oneTimeLinks.count()).toBe(before);
});
