import { fromTheField, replyOfOlderClient } from '../../fixtures/activities';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Conversation } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();
const message = (more: object) => ({ type: 'message', textFormat: 'plain', ...more }) as never;
const reference = async (id: string) => (await world.bot.stores.references.get(id))?.value;
const GROUP: Conversation = { id: '19:group@thread.v2', kind: 'groupChat' };

describe('the bot itself', () => {
  it.each(['add', 'upgrade', 'add-upgrade', 'ADD', 'something-new', '', null, 7, {}, undefined])(
    'an installation with the action %j keeps this chat reachable',
    async (action) => {
      const tess = world.seat(world.site.tess);
      await tess.installs();
      await tess.does({ ...fromTheField.upgrade, action } as never);
      expect(await reference('a:Tess')).toMatchObject({ installed: true });
      expect(world.site.log.text()).not.toContain('"level":"error"');
    },
  );

  it.each(['remove', 'remove-upgrade', 'Remove'])('is removed by the action “%s”', async (action) => {
    const tess = world.seat(world.site.tess);
    await tess.installs();
    await tess.does({ type: 'installationUpdate', action });
    expect(await reference('a:Tess')).toMatchObject({ installed: false });
  });

  it('is removed when it leaves the members, and not when another member leaves', async () => {
    const ada = world.seat(world.site.ada, GROUP);
    await ada.installs();
    await ada.does({ type: 'conversationUpdate', membersRemoved: [{ id: '29:Tess' }] } as never);
    expect(await reference(GROUP.id)).toMatchObject({ installed: true });
    await ada.does({ type: 'conversationUpdate', membersRemoved: [{ id: '28:keyturn' }] } as never);
    expect(await reference(GROUP.id)).toMatchObject({ installed: false });
  });

  it('a removal by a stranger counts, without a look-up and without an answer', async () => {
    await world.seat(world.site.ada, GROUP).installs();
    const before = world.site.teams.messages.length;
    const { lookups } = world.site.teams;
    world.site.teams.before = (what) => {
      if (what !== 'update') throw new TypeError(`Teams was asked: ${what}`);
    };
    const stranger = { ...world.site.ned, name: '', id: undefined };
    await world.seat(stranger, GROUP).does({ type: 'installationUpdate', action: 'remove' });
    expect(await reference(GROUP.id)).toMatchObject({ installed: false });
    expect(world.site.teams.messages).toHaveLength(before);
    expect(world.site.teams.lookups).toBe(lookups);
  });

  it('a removal that another tenant reports changes nothing', async () => {
    await world.seat(world.site.ada, GROUP).installs();
    const foreign = world.site.person('Eve', { tenantId: '00000000-0000-4000-8000-00000000ffff' });
    await world.seat(foreign, GROUP).does({ type: 'installationUpdate', action: 'remove' });
    expect(await reference(GROUP.id)).toMatchObject({ installed: true });
  });

  it.each([undefined, null, {}, 'all', [null, 7, 'x', {}]])(
    'a conversationUpdate with the members %j changes nothing',
    async (membersAdded) => {
      const tess = world.seat(world.site.tess);
      const { messages } = await tess.does({ type: 'conversationUpdate', membersAdded } as never);
      expect(messages).toHaveLength(0);
      expect(world.site.log.text()).not.toContain('"level":"error"');
    },
  );
});

describe('the text of a message', () => {
  it.each([
    ['behind a quoted message', fromTheField.quoted],
    ['in HTML alone', fromTheField.html],
    ['by somebody whose name is null', fromTheField.nameless],
    [
      'in a reply of an older client',
      message({ text: 'Customers all of them customers', attachments: replyOfOlderClient }),
    ],
    ['beside a linked message', message({ text: '<attachment id="17"></attachment> customers' })],
    [
      'with two quoted messages',
      message({ text: '<quoted messageId="1"/><quoted messageId="2"></quoted>customers' }),
    ],
    [
      'in HTML that is not closed',
      message({ attachments: [{ contentType: 'text/html', content: '<p>customers<b' }] }),
    ],
  ])('%s is heard', async (_words, activity) => {
    await addsCustomer(world.seat(world.site.ada), 'Contoso');
    const tess = world.seat(world.site.tess);
    const { messages, text } = await tess.does(activity as never);
    expect(messages).toHaveLength(1);
    expect(text).toContain('Contoso');
    expect(text).not.toContain('Did you mean');
  });

  it.each([
    ['<quoted messageId="1772050244572"/> Fabrikam', 'Fabrikam'],
    ['<at>Fabrikam Ltd</at>', 'Fabrikam Ltd'],
    ['<attachment id="3"></attachment>Fabrikam &amp; Co', 'Fabrikam &amp; Co'],
    ['A < B & C > D', 'A < B & C > D'],
  ])('a person who types %j gives the name %j', async (text, name) => {
    const tess = world.seat(world.site.tess);
    await tess.says('add customer');
    const added = await tess.does(message({ text }));
    expect(added.text).not.toContain('Something went wrong');
    const { items } = await world.bot.stores.customers.list({ limit: 9 });
    expect(items.map(({ value }) => value.name)).toEqual([name]);
  });

  it('in HTML is read without the mention of the bot', async () => {
    const ada = world.seat(world.site.ada, GROUP);
    const content =
      '<p><span itemtype="http://schema.skype.com/Mention" itemid="0">Keyturn</span>&nbsp;help</p>';
    const entities = [
      { type: 'mention', mentioned: { id: '28:keyturn', name: 'Keyturn' }, text: '<at>Keyturn</at>' },
    ];
    const seen = await ada.does(message({ attachments: [{ contentType: 'text/html', content }], entities }));
    expect(seen.text).toContain('What I can do');
  });

  it.each([
    ['each by a name of its own', (n: number) => `<at>Keyturn ${n}</at>`],
    ['each by a space', () => ' '],
  ])('the bot quickly reads a thousand mentions in a long text: %s', async (_how, written) => {
    const tess = world.seat(world.site.tess);
    const mention = (n: number) => ({
      type: 'mention',
      mentioned: { id: '28:keyturn', name: 'Keyturn' },
      text: written(n),
    });
    const entities = Array.from({ length: 1000 }, (_, n) => mention(n));
    const text = entities.map((entity) => `${entity.text} a`.repeat(120).slice(0, 120)).join('');
    await tess.says('help');
    const began = process.cpuUsage();
    expect((await tess.does(message({ text, entities }))).messages).toHaveLength(1);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(500);
  });

  it('the bot does not look up many mentioned people', async () => {
    const ada = world.seat(world.site.ada);
    await ada.says('help');
    const { lookups } = world.site.teams;
    const mentions = Array.from({ length: 40 }, (_, n) => world.site.person(`P${n}`));
    expect((await ada.says('people add', { mentions })).text).toContain('one person at a time');
    expect(world.site.teams.lookups).toBe(lookups);
  });
});

it('a time zone that only the client reports counts', async () => {
  const tess = world.seat(world.site.tess);
  const { card } = await tess.does(fromTheField.timeZone as never);
  expect(JSON.stringify(card)).toContain('Europe/Vienna');
  expect(textOf(card)).not.toContain('UTC');
});

describe('an invalid id or name', () => {
  const ODD: unknown[] = [{}, { toString: 1 }, [], [[]], 7, true, null, '', 'x'.repeat(5000)];

  it.each(ODD)('%j is left out, and the bot answers each message', async (odd) => {
    const tess = world.seat(world.site.tess);
    for (const text of ['help', 'customers'])
      expect((await tess.does(message({ text, id: odd, name: odd, replyToId: odd }))).messages).toHaveLength(
        1,
      );
    expect(world.site.log.text()).not.toContain('"level":"error"');
  });
});
