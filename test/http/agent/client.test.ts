import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotRefused, BotUnreachable } from '../../../agent/bot/botFault';
import { makeCertificate } from '../../../sandbox/certificate';
import { beatOf, clientOf } from '../../helpers/agent/agentParts';
import { AGENT_ID, FakeBot, INSTALL_TOKEN } from '../../helpers/agent/fakeBot';

const machine = { id: 'machine-1', name: 'DC1', os: 'Linux' };
const DAY = 24 * 60 * 60_000;

describe('the agent’s client', () => {
  let bot: FakeBot;
  let world: Awaited<ReturnType<typeof clientOf>>;
  beforeEach(async () => {
    bot = await new FakeBot().listen();
    world = await clientOf(bot.url);
    bot.publicKey = world.identity.publicKey;
  });
  afterEach(async () => {
    world.exchange.close();
    await bot.close();
  });
  const caught = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  test('enrols by proof of its key, and gets the same answer again', async () => {
    bot.publicKey = undefined;
    const first = await world.client.enrol(INSTALL_TOKEN, machine);
    expect(first).toMatchObject({ agentId: AGENT_ID, customer: 'Contoso' });
    expect(await world.client.enrol(INSTALL_TOKEN, machine)).toMatchObject({ agentId: AGENT_ID });
    const other = await clientOf(bot.url);
    expect(await caught(other.client.enrol(INSTALL_TOKEN, machine))).toMatchObject({ code: 'token' });
    other.exchange.close();
  });

  test('signs every request anew, so no request is a replay', async () => {
    for (let n = 0; n < 3; n++) await world.client.beat(beatOf());
    expect(bot.beats).toHaveLength(3);
  });

  test('is refused with another key', async () => {
    const other = await clientOf(bot.url);
    expect(await caught(other.client.beat(beatOf()))).toMatchObject({
      name: 'BotRefused',
      code: 'unauthorized',
    });
    other.exchange.close();
  });

  test.each([DAY, -DAY])(
    'learns the bot’s time when its clock is wrong by %d ms, and is refused only once',
    async (skew) => {
      bot.skewMs = skew;
      await world.client.beat(beatOf());
      expect(bot.paths).toHaveLength(2);
      expect(Math.abs(world.clock.skewMs() - skew)).toBeLessThan(5_000);
      await world.client.beat(beatOf());
      expect(bot.paths).toHaveLength(3);
    },
  );

  test('reports a clock that the bot keeps refusing, instead of trying for ever', async () => {
    bot.refusing = 'clock';
    expect(await caught(world.client.beat(beatOf()))).toMatchObject({ code: 'clock' });
    expect(bot.paths).toHaveLength(2);
  });

  test('reads a newer bot’s answer with an order that it does not know', async () => {
    bot.commands = [{ id: 'c1', verb: 'dance', expiresAt: 1 }];
    const { commands } = await world.client.commands({ waitMs: 0, done: [] });
    expect(commands).toEqual([{ id: 'c1', verb: 'dance', expiresAt: 1 }]);
  });

  test('gets from refusals what the bot asks for', async () => {
    const body = { error: 'tooMany', sentence: 'Slower, please.', now: Date.now() };
    bot.instead = [
      { status: 429, body, headers: { 'retry-after': '7' } },
      { status: 429, body, headers: { 'retry-after': '999999' } },
    ];
    expect(await caught(world.client.beat(beatOf()))).toMatchObject({ code: 'tooMany', retryAfterMs: 7000 });
    expect(await caught(world.client.beat(beatOf()))).toMatchObject({ retryAfterMs: 600_000 });
  });

  test.each([
    ['a page of a proxy', { status: 500, body: {} }],
    ['a redirect', { status: 302, body: {}, headers: { location: 'http://127.0.0.1:1/' } }],
    ['an answer of another shape', { status: 200, body: { protocol: 2 } }],
    ['an answer without end', { status: 200, body: { protocol: 1, now: 1, customer: 'x'.repeat(300_000) } }],
  ])('does not take %s for an answer of the bot', async (_what, reply) => {
    bot.instead = [reply];
    const error = await caught(world.client.beat(beatOf()));
    expect(error).toBeInstanceOf(BotUnreachable);
    expect(error).toMatchObject({ kind: 'strange' });
    expect(bot.paths).toHaveLength(1);
  });

  test.each([502, 503, 504])('takes an empty %d for a bot that is away', async (status) => {
    bot.instead = [{ status, body: {}, headers: { 'retry-after': '5' } }];
    expect(await caught(world.client.beat(beatOf()))).toMatchObject({
      kind: 'away',
      retryAfterMs: 5000,
      sentence: expect.stringContaining('being restarted'),
    });
  });

  test.each([
    [400, { error: 'The request does not name one host that can be read.' }, 'strange', 'could not read'],
    [408, {}, 'away', 'took too long'],
    [421, { error: 'The request names another host than PUBLIC_URL.' }, 'strange', 'ALLOWED_HOSTS'],
  ])(
    'says what to do about a %d that the bot sends before it looks at the agent',
    async (status, body, kind, words) => {
      bot.instead = [{ status, body }];
      const error = await caught(world.client.beat(beatOf()));
      expect(error).toMatchObject({ kind, sentence: expect.stringContaining(words) });
      expect(String(error)).not.toContain('is not the bot');
    },
  );

  test('tells a broken connection and a missing bot from a refusal', async () => {
    bot.instead = ['cut'];
    expect(await caught(world.client.beat(beatOf()))).toMatchObject({ name: 'BotUnreachable', kind: 'away' });
    await bot.close();
    const error = await caught(world.client.beat(beatOf()));
    expect(error).not.toBeInstanceOf(BotRefused);
    expect(error).toMatchObject({ kind: 'away', sentence: expect.stringContaining('ECONNREFUSED') });
    bot = await new FakeBot().listen();
  });

  test('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const asked = caught(world.client.commands({ waitMs: 25_000, done: [] }, stop.signal));
    stop.abort();
    expect(await asked).toMatchObject({ name: 'AbortError' });
  });
});

describe('the agent’s client over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-tls-'));
  let bot: FakeBot;
  let ca = '';
  beforeAll(async () => {
    const { key, cert, caFile } = await makeCertificate(folder);
    ca = readFileSync(caFile, 'utf8');
    bot = await new FakeBot().listen({ key, cert });
  });
  afterAll(async () => {
    await bot.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('refuses an untrusted certificate before it says anything', async () => {
    const { client, exchange } = await clientOf(bot.url);
    await expect(client.beat(beatOf())).rejects.toMatchObject({ kind: 'certificate' });
    expect(bot.paths).toEqual([]);
    exchange.close();
  });

  test('trusts the given authority', async () => {
    const { client, exchange, identity } = await clientOf(bot.url, { ca });
    bot.publicKey = identity.publicKey;
    await client.beat(beatOf());
    expect(bot.beats).toHaveLength(1);
    exchange.close();
  });

  describe('through a proxy', () => {
    let proxy: Server;
    let asked: string[] = [];
    let status = 200;
    beforeAll(async () => {
      proxy = createServer();
      proxy.on('connect', (request, socket) => {
        asked.push(request.url ?? '');
        const [host, port] = (request.url ?? '').split(':');
        if (status !== 200) {
          socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
          return;
        }
        const far = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          far.pipe(socket).pipe(far);
        });
        for (const end of [far, socket]) end.on('error', () => far.destroy());
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => new Promise((resolve) => proxy.close(resolve)));
    beforeEach(() => {
      asked = [];
    });
    const through = () =>
      clientOf(bot.url, { ca, proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });

    test('speaks to the bot as before', async () => {
      status = 200;
      const { client, exchange, identity } = await through();
      bot.publicKey = identity.publicKey;
      const before = bot.beats.length;
      await client.beat(beatOf());
      await client.beat(beatOf());
      expect(bot.beats).toHaveLength(before + 2);
      expect(asked).toEqual([bot.url.slice('https://'.length)]);
      exchange.close();
    });

    test('says that it is the proxy that refuses', async () => {
      status = 407;
      const { client, exchange } = await through();
      await expect(client.beat(beatOf())).rejects.toMatchObject({
        sentence: expect.stringContaining('proxy answers 407'),
      });
      exchange.close();
    });
  });
});
