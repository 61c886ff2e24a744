import { MongoClient } from 'mongodb';
import type { Stores } from '../../domain/stores/stores';
import { type CuttingProxy, cuttingProxy } from '../helpers/agent/cuttingProxy';
import type { Bot } from '../helpers/botWorld/bot';
import type { Seat } from '../helpers/botWorld/seat';
import { openSite, type Site } from '../helpers/botWorld/site';
import type { Message } from '../helpers/botWorld/teams';
import { describeWith } from '../helpers/process/parts';
import { type OwnMongoServer, ownMongo } from '../helpers/store/mongoServer';

const AWAY = 'I can’t reach my own records right now.';
const TAKEOVER_MS = 30_001;
const SAVE_TURN = 'update\0\x0e\0\0\0conversations\0';
const part = ownMongo();

describeWith(part, 'the conversation on MongoDB', () => {
  let server: OwnMongoServer;
  let proxy: CuttingProxy;
  let site: Site;
  let bot: Bot;
  let tess: Seat;
  let databases = 0;
  const portOf = ({ uri }: OwnMongoServer) => new URL(uri).port;

  beforeAll(async () => {
    server = await part.open();
    proxy = await cuttingProxy(Number(portOf(server)));
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });
  beforeEach(async () => {
    const uri = server.uri.replace(`:${portOf(server)}/`, `:${proxy.port}/`);
    site = await openSite({ kind: 'mongodb', uri, database: `bot-${databases++}` });
    bot = await site.start();
    tess = site.seat(bot, site.tess);
  });
  afterEach(() => site.close());

  test('a whole “add customer”; a repeated activity of the channel is not answered again', async () => {
    const last = await atLastStep(tess);
    expect((await tess.clicks(last, 'Save', { name: 'Contoso' }, 'once')).text).toContain(
      'Contoso was added.',
    );
    expect((await tess.clicks(last, 'Save', { name: 'Contoso' }, 'once')).text).toBe(
      'That was done already.',
    );
    expect((await tess.says('customers')).text).toContain('Contoso');
    expect(await customers()).toEqual(['Contoso']);
    expect(said()).toHaveLength(2);
  });

  test('the server stops in the middle of the dialog: the person gets a sentence, nothing changes, and the same answer works once the server is back', async () => {
    const tom = site.seat(bot, site.tom);
    const last = await atLastStep(tess);
    await tom.says('add customer');
    const before = said().length;
    await server.stop();
    const [clicked, typed] = await Promise.all([
      tess.clicks(last, 'Save', { name: 'Contoso' }),
      tom.says('Fabrikam'),
    ]);
    await server.start();
    expect(clicked.answer?.status).toBe(200);
    expect(clicked.text).toContain(AWAY);
    expect(typed.text).toContain(AWAY);
    expect(await customers()).toEqual([]);
    expect(said()).toHaveLength(before);

    expect((await tess.clicks(last, 'Save', { name: 'Contoso' })).text).toContain('Contoso was added.');
    expect((await tom.says('Fabrikam')).text).toContain('Fabrikam was added.');
    expect((await customers()).toSorted()).toEqual(['Contoso', 'Fabrikam']);
  });

  test('a server that comes back in time: the answer is late, and nothing else happens', async () => {
    const last = await atLastStep(tess);
    await server.stop();
    const late = tess.clicks(last, 'Save', { name: 'Contoso' });
    await server.start();
    expect((await late).text).toContain('Contoso was added.');
    expect(await customers()).toEqual(['Contoso']);
  });

  describe.each([
    ['before the server had done it', (write: string) => failing([write], 1)],
    ['after the server had done it', async (write: string) => proxy.loseAnswers(`${write}\0`, 1)],
    ['twice, after the server had done it', async (write: string) => proxy.loseAnswers(`${write}\0`, 2)],
  ])('the connection is cut in the middle of the turn’s write, %s:', (_when, cut) => {
    test.each(['insert', 'update'])('one customer and one answer (%s)', async (write) => {
      const last = await atLastStep(tess);
      const cuts = proxy.lost() + proxy.closedByServer();
      await cut(write);
      const seen = await tess.clicks(last, 'Save', { name: 'Contoso' });
      expect(proxy.lost() + proxy.closedByServer()).toBeGreaterThan(cuts);
      expect(seen.text).toContain('Contoso was added.');
      await passOn(bot);
      expect(await customers()).toEqual(['Contoso']);
      expect(tess.card.updates).toBe(1);
      expect(said()).toHaveLength(1);
    });
  });

  test('nobody can see whether a turn was saved, and it was: its answer comes later, once, and the same click adds nothing', async () => {
    const last = await atLastStep(tess);
    const unsure = await site.start(savingTurns(() => loseSight()));
    const seen = await tess.at(unsure).clicks(last, 'Save', { name: 'Contoso' });
    expect(seen.text).toContain(AWAY);
    expect(tess.reads).not.toContain('Contoso was added.');

    await passOn(bot, unsure);
    expect(tess.reads).toContain('Contoso was added.');
    expect(tess.card.updates).toBe(1);
    expect((await tess.clicks(last, 'Save', { name: 'Contoso' })).text).toContain('This step is finished');
    expect(await customers()).toEqual(['Contoso']);
  });

  test('a turn was not saved, but its work was done: the same click ends in the same customer', async () => {
    const last = await atLastStep(tess);
    const unlucky = await site.start(savingTurns(() => failing(['update'], 2)));
    const seen = await tess.at(unlucky).clicks(last, 'Save', { name: 'Contoso' });
    expect(seen.text).toContain(AWAY);
    await passOn(bot, unlucky);
    expect(tess.reads).not.toContain('Contoso was added.');

    const again = await tess.clicks(last, 'Save', { name: 'Contoso' });
    expect(again.text).toContain('Contoso was added.');
    expect(await customers()).toEqual(['Contoso']);
  });

  test('an answer that was sent, but not recorded as sent, is not sent again', async () => {
    await tess.says('add customer');
    const before = said().length;
    site.teams.before = async () => {
      site.teams.before = () => undefined;
      await failing(['update'], 2);
    };
    expect((await tess.says('Contoso')).text).toContain('Set up Contoso');
    const other = await site.start();
    await bot.pendingReplies.run();
    await passOn(other, bot);
    expect(said()).toHaveLength(before + 1);
  });

  test('two instances, turns of one conversation at once: each turn is answered once, and none is lost', async () => {
    const bots = [bot, await site.start()];
    const turns = Array.from({ length: 12 }, (_, n) => `turn-${n}`);
    const everywhere = turns.flatMap((id) => bots.map((at) => tess.at(at).says('help', { id })));
    await Promise.all(everywhere);
    expect(said()).toHaveLength(turns.length);
    await Promise.all(bots.map((each) => each.settle()));
    const [state] = (await bot.stores.conversations.list({ limit: 10 })).items;
    expect(state?.value.answered.toSorted()).toEqual(turns.map((id) => `message:${id}`).toSorted());
    expect(state?.value.pending).toEqual([]);
  });

  test('three instances, the same answer to one step at once: only one moves the dialog on', async () => {
    const bots = [bot, await site.start(), await site.start()];
    const last = await atLastStep(tess);
    const seen = await Promise.all(
      [...bots, ...bots].map((at) => tess.at(at).clicks(last, 'Save', { name: 'Contoso' })),
    );
    const answers = seen.map(({ answer }) => answer?.body?.value);
    expect(answers.filter((value) => typeof value === 'object')).toHaveLength(1);
    expect(answers.filter((value) => String(value).startsWith('This step is finished'))).toHaveLength(5);
    expect(await customers()).toEqual(['Contoso']);
    expect(tess.card.updates).toBe(1);
  });

  test('an instance dies after it decided replies: the others send them once', async () => {
    const others = [await site.start(), await site.start()];
    await tess.says('add customer');
    const before = said().length;
    const sending = new Promise<void>((begun) => {
      site.teams.before = () => {
        site.teams.before = () => undefined;
        begun();
        return new Promise<never>(() => undefined);
      };
    });
    void tess.says('Contoso');
    await sending;
    await Promise.all(others.map((each) => each.pendingReplies.run()));
    expect(said()).toHaveLength(before);
    await passOn(...others);
    expect(said()).toHaveLength(before + 1);
    expect(tess.reads).toContain('Contoso was added.');
  });

  /** The messages in Tess’ chat, cards included. A changed card is no new message. */
  const said = (): Message[] => site.teams.in(tess.conversation.id);

  async function atLastStep(seat: Seat): Promise<Message> {
    await seat.says('add customer');
    return { ...seat.card };
  }

  async function customers(): Promise<string[]> {
    return (await bot.stores.customers.list({ limit: 10 })).items.map(({ value }) => value.name);
  }

  /** Advances the time until others may send decided replies; then all of them look at once. */
  async function passOn(...bots: Bot[]): Promise<void> {
    site.clock.advance(TAKEOVER_MS);
    await Promise.all(bots.map((each) => each.pendingReplies.run()));
    site.clock.advance(TAKEOVER_MS);
    await Promise.all(bots.map((each) => each.pendingReplies.run()));
  }

  /** Makes `happens` happen to an instance while it saves a turn. */
  const savingTurns =
    (happens: () => Promise<void>) =>
    (stores: Stores): Stores => {
      const { conversations } = stores;
      const replace: typeof conversations.replace = async (current, value) => {
        await happens();
        return conversations.replace(current, value);
      };
      return { ...stores, conversations: { ...conversations, replace } };
    };

  /** The write succeeds, but its answer and the read that checks it are both lost. */
  async function loseSight(): Promise<void> {
    proxy.loseAnswers(SAVE_TURN, 2);
    await failing(['find'], 2);
  }

  /** Closes the connection before these commands are done, for the next `times` of them. */
  async function failing(failCommands: string[], times: number): Promise<void> {
    const client = await new MongoClient(server.uri).connect();
    const data = { failCommands, closeConnection: true };
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: { times }, data });
    await client.close();
  }
});
