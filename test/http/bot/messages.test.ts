import { message, startEdge } from '../../helpers/bot/edgeServer';
import { type LocalIssuer, startLocalIssuer } from '../../helpers/bot/localIssuer';

type Edge = Awaited<ReturnType<typeof startEdge>>;

describe('POST /api/messages', () => {
  let issuer: LocalIssuer;
  let edge: Edge;
  const turns: string[] = [];
  const seen: object[] = [];

  beforeAll(async () => {
    issuer = await startLocalIssuer();
    edge = await startEdge(issuer, async (context) => {
      turns.push(context.activity.type);
      seen.unshift(context.activity);
      if (context.activity.type === 'invoke')
        await context.sendActivity({
          type: 'invokeResponse',
          value: { status: 200, body: { statusCode: 200, value: 'Done' } },
        });
      if (context.activity.text === 'break') throw new TypeError('secret detail of the store');
    });
  });
  afterAll(async () => {
    await edge.server.stop();
    await issuer.stop();
  });
  let refusedBefore = 0;
  /** Refusals by our own check, without the SDK's. */
  const refusals = () => edge.lines().filter(({ msg }) => msg === 'activity refused').length;
  beforeEach(() => {
    turns.length = 0;
    refusedBefore = refusals();
  });

  it('passes a valid activity to the bot', async () => {
    const response = await edge.post(`Bearer ${await issuer.sign()}`, message());
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(turns).toEqual(['message']);
  });

  it('passes the times of an activity to the bot as dates', async () => {
    const timestamp = '2026-01-02T03:04:05.678Z';
    await edge.post(`Bearer ${await issuer.sign()}`, message({ timestamp, localTimestamp: timestamp }));
    const at = new Date(timestamp);
    expect(seen[0]).toMatchObject({ timestamp: at, rawTimestamp: timestamp, localTimestamp: at });
  });

  it('returns the answer of an invoke', async () => {
    const response = await edge.post(
      `Bearer ${await issuer.sign()}`,
      message({ type: 'invoke', name: 'adaptiveCard/action' }),
    );
    expect([response.status, await response.json()]).toEqual([200, { statusCode: 200, value: 'Done' }]);
  });

  it('accepts a token up to five minutes outside its time', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    expect((await edge.post(`Bearer ${await issuer.sign({ exp: seconds - 240 })}`, message())).status).toBe(
      200,
    );
    expect((await edge.post(`Bearer ${await issuer.sign({ nbf: seconds + 240 })}`, message())).status).toBe(
      200,
    );
    expect(turns).toHaveLength(2);
  });

  const later = Math.floor(Date.now() / 1000);
  const tokens: Record<string, (issuer: LocalIssuer) => Promise<string | undefined> | string | undefined> = {
    'no header': () => undefined,
    'an empty header': () => '',
    'a garbage header': () => 'garbage',
    'a garbage token': () => 'Bearer a.b.c',
    'another scheme': async (i) => `Basic ${await i.sign()}`,
    'two tokens': async (i) => `Bearer ${await i.sign()} ${await i.sign()}`,
    'an expired token': async (i) => `Bearer ${await i.sign({ exp: later - 360 })}`,
    'a token without an end': async (i) => `Bearer ${await i.sign({ exp: undefined })}`,
    'a token of the future': async (i) => `Bearer ${await i.sign({ nbf: later + 360 })}`,
    'a wrong audience': async (i) =>
      `Bearer ${await i.sign({ aud: '00000000-0000-4000-8000-0000000000ff' })}`,
    'no audience': async (i) => `Bearer ${await i.sign({ aud: undefined })}`,
    'a wrong issuer': async (i) => `Bearer ${await i.sign({ iss: 'https://api.botframework.com' })}`,
    'no issuer': async (i) => `Bearer ${await i.sign({ iss: undefined })}`,
    'an issuer of emulator tokens': async (i) =>
      `Bearer ${await i.sign({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })}`,
    'a foreign serviceUrl': async (i) =>
      `Bearer ${await i.sign({ serviceurl: 'https://elsewhere.example.test/' })}`,
    'no serviceurl claim': async (i) => `Bearer ${await i.sign({ serviceurl: undefined })}`,
    'an unknown key': async (i) =>
      `Bearer ${await i.sign({}, { key: await i.addKey('unknown', { publish: false }) })}`,
    'a bad signature under a known key id': async (i) =>
      `Bearer ${await i.sign({}, { key: await i.addKey('other', { publish: false }), kid: 'endorsed' })}`,
    'a cut signature': async (i) => `Bearer ${(await i.sign()).slice(0, -20)}`,
    'alg none': (i) => `Bearer ${i.unsigned()}`,
    'HS256 with the public key': async (i) => `Bearer ${await i.signWithPublicKeyAsSecret()}`,
  };

  it.each(Object.keys(tokens))('refuses %s', async (name) => {
    const response = await edge.post(await tokens[name]?.(issuer), message());
    expect([response.status, await response.text(), turns]).toEqual([401, '', []]);
    expect(refusals()).toBe(refusedBefore + 1);
  });

  const bodies: Record<string, unknown> = {
    'no type': message({ type: undefined }),
    'no channelId': message({ channelId: undefined }),
    'another channel': message({ channelId: 'webchat' }),
    'no serviceUrl': message({ serviceUrl: undefined }),
    'no conversation': message({ conversation: undefined }),
    'a conversation without id': message({ conversation: {} }),
    'no from': message({ from: undefined }),
    'a from without id': message({ from: { id: '' } }),
    'a list': [message()],
    null: null,
    'a number': 1,
  };

  it.each(Object.keys(bodies))('refuses an activity with %s', async (name) => {
    const response = await edge.post(`Bearer ${await issuer.sign()}`, bodies[name]);
    expect([response.status, await response.text(), turns]).toEqual([401, '', []]);
    expect(refusals()).toBe(refusedBefore + 1);
  });

  it('refuses a serviceUrl that is not https, though the token names it', async () => {
    const serviceUrl = 'http://smba.example.test/teams/';
    const response = await edge.post(
      `Bearer ${await issuer.sign({ serviceurl: serviceUrl })}`,
      message({ serviceUrl }),
    );
    expect([response.status, turns]).toEqual([401, []]);
  });

  it('logs the reason for a refusal, and no token', async () => {
    const token = await issuer.sign({ aud: 'elsewhere' });
    await edge.post(`Bearer ${token}`, message());
    expect(edge.lines()).toContainEqual(
      expect.objectContaining({ why: 'ERR_JWT_CLAIM_VALIDATION_FAILED aud' }),
    );
    expect(edge.text()).not.toContain(token.slice(-40));
  });

  it('hides what the bot threw', async () => {
    const response = await edge.post(`Bearer ${await issuer.sign()}`, message({ text: 'break' }));
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(edge.lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        requestId: response.headers.get('x-request-id'),
        msg: 'request failed',
      }),
    );
  });

  it('answers 400 to what is not JSON', async () => {
    const response = await edge.post(undefined, '{"type":');
    expect([response.status, await response.text()]).toEqual([400, '']);
  });

  it('answers 415 to another content type', async () => {
    const response = await edge.post(undefined, '{}', { 'content-type': 'text/plain' });
    expect([response.status, await response.text()]).toEqual([415, '']);
  });

  it('answers 413 above 256 KB, with or without Content-Length', async () => {
    const large = JSON.stringify(message({ text: 'x'.repeat(256 * 1024) }));
    expect((await edge.post(undefined, large)).status).toBe(413);
    const unannounced = await fetch(`${edge.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(unannounced.status).toBe(413);
    expect(
      (await edge.post(`Bearer ${await issuer.sign()}`, message({ text: 'x'.repeat(250 * 1024) }))).status,
    ).toBe(200);
  });
});

describe('a key that is not endorsed for the channel', () => {
  it.each([{ endorsements: ['slack'] }, { endorsements: [] }, {}])('is refused: %j', async (options) => {
    const issuer = await startLocalIssuer();
    const key = await issuer.addKey('second', options);
    const logic = jest.fn(async () => undefined);
    const edge = await startEdge(issuer, logic);
    const response = await edge.post(`Bearer ${await issuer.sign({}, { key })}`, message());
    expect([response.status, logic.mock.calls.length]).toEqual([401, 0]);
    await edge.server.stop();
    await issuer.stop();
  });
});

describe('a token that was accepted before', () => {
  const DAY = 24 * 60 * 60 * 1000;
  let issuer: LocalIssuer;
  let edge: Edge;
  let passed = 0;

  beforeEach(async () => {
    passed = 0;
    issuer = await startLocalIssuer();
    edge = await startEdge(issuer, async () => undefined, { clock: { now: () => Date.now() + passed } });
  });
  afterEach(async () => {
    await edge.server.stop();
    await issuer.stop();
  });

  const statusOf = async (token: string) => (await edge.post(`Bearer ${token}`, message())).status;
  const whys = () => edge.lines().flatMap(({ why }) => why ?? []);

  it('is refused once it has expired', async () => {
    const token = await issuer.sign();
    expect(await statusOf(token)).toBe(200);
    passed = DAY / 12;
    expect([await statusOf(token), whys()]).toEqual([401, ['ERR_JWT_EXPIRED exp']]);
  });

  it('is refused once its key is withdrawn', async () => {
    const token = await issuer.sign({ exp: Math.floor((Date.now() + 30 * DAY) / 1000) });
    expect(await statusOf(token)).toBe(200);
    issuer.withdrawKey('endorsed');
    passed = 2 * DAY;
    expect([await statusOf(token), whys()]).toEqual([401, ['ERR_JWKS_NO_MATCHING_KEY']]);
  });
});
