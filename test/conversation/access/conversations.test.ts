import { administratorSignsIn, confirmsTenant } from '../../helpers/botWorld/administrator';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Conversation, Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const CONVERSATIONS: Conversation[] = [
  { id: 'a:Ada', kind: 'personal' },
  { id: '19:group@thread.v2', kind: 'groupChat' },
  { id: '19:channel@thread.tacv2;messageid=7', kind: 'channel' },
];
const customers = async () =>
  (await world.bot.stores.customers.list({ limit: 9 })).items.map(({ value }) => value);

it('in a personal chat, a customer is added, connected, synced and renamed', async () => {
  const [conversation = { id: '', kind: 'personal' }] = CONVERSATIONS;
  const ada = world.seat(world.site.ada, conversation);
  await addsCustomer(ada, 'Contoso', 'both');
  await ada.says(await administratorSignsIn(world.bot, world.site.teams.in(conversation.id)));
  await confirmsTenant(ada);
  await world.bot.runner.tick();
  await ada.clicks(ada.card, 'Save');
  await ada.says('rename customer Contoso');
  await ada.says('Fabrikam');
  await ada.says('customer Fabrikam');
  expect(ada.reads).toMatch(/Fabrikam.*connected/s);
  expect(await customers()).toMatchObject([
    { name: 'Fabrikam', office365: { state: 'connected' }, sync: { mode: expect.any(String) } },
  ]);
});

it('a dialog that is open in one conversation is not open in another', async () => {
  const [chat, group] = CONVERSATIONS.map((conversation) => world.seat(world.site.ada, conversation)) as [
    Seat,
    Seat,
  ];
  await chat.says('add customer');
  expect((await group.says('Contoso')).text).toContain('I didn’t understand that');
  expect((await group.says('cancel')).text).toContain('Nothing to cancel');
  expect((await chat.says('Contoso')).text).toContain('Set up Contoso');
});

describe('every dialog goes on after a restart at any of its steps:', () => {
  const restarted = async (seat: Seat) => seat.at(await world.site.start());
  let ada: Seat;
  beforeEach(async () => {
    ada = world.seat(world.site.ada);
    await addsCustomer(ada, 'Contoso', 'activeDirectory');
  });

  it('rename', async () => {
    await ada.says('rename customer Contoso');
    expect((await (await restarted(ada)).says('Fabrikam')).text).toContain('is now called Fabrikam');
  });

  it('remove', async () => {
    await ada.says('remove customer Contoso');
    expect((await (await restarted(ada)).says('Contoso')).text).toContain('Contoso was removed.');
  });

  it('sync options, also at its second question', async () => {
    await ada.says('sync options Contoso');
    const first = await restarted(ada);
    await first.clicks(first.card, 'Save', { choice: 'singleSource' });
    await first.says('sync options Contoso');
    await first.clicks(first.card, 'Save', { choice: 'syncActiveDirectoryWithAzureAd' });
    const second = await restarted(ada);
    await second.clicks(second.card, 'Change to “Keyturn writes to both”');
    expect((await customers())[0]?.sync?.mode).toBe('syncActiveDirectoryWithAzureAd');
  });

  it('connect, between the sign-in and its code, and between the code and the tests', async () => {
    await ada.says('connect office 365 Contoso');
    const code = await administratorSignsIn(world.bot, world.site.teams.in('a:Ada'));
    await (await restarted(ada)).verifies(code);
    await confirmsTenant(await restarted(ada));
    const later = await world.site.start();
    await later.runner.tick();
    expect((await customers())[0]?.office365.state).toBe('connected');
  });
});

describe('who somebody is', () => {
  it('is looked up in Teams now and then, not in every turn', async () => {
    const tess = world.seat(world.site.tess);
    for (let n = 0; n < 5; n++) await tess.says('help');
    expect(world.site.teams.lookups).toBe(1);
    world.site.clock.advance(25 * 60 * 60 * 1000);
    await tess.says('help');
    expect(world.site.teams.lookups).toBe(2);
  });

  it('is looked up again: the bot refuses a person whom Teams later calls a guest', async () => {
    const tess = world.seat(world.site.tess);
    expect((await tess.says('help')).text).toContain('What I can do');
    world.site.person('Tess', { guest: true });
    world.site.clock.advance(25 * 60 * 60 * 1000);
    expect((await tess.says('help')).text).toContain('one organization only');
  });
});
