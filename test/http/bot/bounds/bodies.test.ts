import { gzipSync } from 'node:zlib';
import { AGENT_PATHS, LIMITS } from '../../../../domain/agentProtocol/protocol';
import { allOf, beatOf, reset } from '../../../helpers/bot/servingWorld';
import { SECRET, STREAM, useRefusedAgent } from '../../../helpers/bot/useServing';

const { world, agent, batch, refused } = useRefusedAgent();

/** Sends without announcing the length. */
async function streamed(url: string, chunk: Uint8Array, times: number) {
  let sent = 0;
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      if (sent++ >= times) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', body, headers, duplex: 'half' as const };
  const response = await fetch(`${url}${AGENT_PATHS.events}`, init);
  return { status: response.status, body: await response.json() };
}

describe('a body is refused', () => {
  it('because it is too large: 10 MB, announced or not', async () => {
    const chunk = Buffer.from(SECRET.repeat(6_554));
    const large = Buffer.alloc(10 * 1024 * 1024, chunk);
    await refused(() => agent.asks.events(batch(), { sent: large }), 413, 'tooLarge');
    await refused(() => streamed(world.bot.url, chunk, 160), 413, 'tooLarge');
  });

  it('because it is larger than what the bot even reads and drops', async () => {
    const before = await allOf(world.stores);
    await streamed(world.bot.url, Buffer.alloc(1024 * 1024, SECRET), 40).catch(() => 'cut off');
    expect(await allOf(world.stores)).toEqual(before);
    expect(world.bot.text()).toContain('tooLarge');
    expect(world.bot.text()).not.toContain(SECRET);
  });

  it('because it is larger than an honest body', async () => {
    await refused(() => agent.asks.beat({ ...beatOf(), padding: SECRET.repeat(2_000) }), 413, 'tooLarge');
  });

  it('because it would unpack to more than its bound', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20), { level: 9 });
    expect(bomb.byteLength).toBeLessThan(LIMITS.inventoryBytes);
    const work = () => signedBytes(bomb, { 'content-encoding': 'gzip' });
    const before = await allOf(world.stores);
    expect(await work()).toMatchObject({ status: 413, body: { error: 'tooLarge' } });
    expect(changedBeside(await allOf(world.stores), before, 'agentRequests')).toEqual([]);
  });

  it('because it is not the gzip or the JSON that it claims to be', async () => {
    const before = await allOf(world.stores);
    expect(await signedBytes(Buffer.from(SECRET), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
      body: { error: 'invalid' },
    });
    expect(await signedBytes(Buffer.from(`{"${SECRET}`))).toMatchObject({
      status: 400,
      body: { error: 'invalid' },
    });
    expect(await signedBytes(Buffer.from([0xff, 0xfe]))).toMatchObject({
      status: 400,
      body: { error: 'invalid' },
    });
    expect(changedBeside(await allOf(world.stores), before, 'agentRequests')).toEqual([]);
    expect(world.bot.text()).not.toContain(SECRET);
  });

  it('because of its content type or encoding', async () => {
    const text = { headers: { 'content-type': 'text/plain' } };
    await refused(() => agent.asks.events(batch(), text), 415, 'invalid');
    await refused(() => agent.asks.events(batch(), { gzip: true }), 415, 'invalid');
    const brotli = { gzip: false, headers: { 'content-encoding': 'br' } };
    await refused(() => agent.asks.inventory({}, brotli), 415, 'invalid');
  });

  it('because it speaks another version, here and at other paths', async () => {
    const before = await allOf(world.stores);
    const newer = await agent.asks.post(AGENT_PATHS.beat, { ...beatOf(), protocol: 2 });
    expect(newer).toMatchObject({ status: 400, body: { error: 'unsupportedProtocol' } });
    expect(changedBeside(await allOf(world.stores), before, 'agentRequests')).toEqual([]);
    await refused(() => agent.asks.post('/agents/v2/beat', { protocol: 2 }), 400, 'unsupportedProtocol');
  });

  it('because it has the wrong form: the log says where and not what', async () => {
    const before = await allOf(world.stores);
    const wrong = { stream: STREAM, events: [{ ...reset(1, 0), seq: SECRET }] };
    expect(await agent.asks.events(wrong)).toMatchObject({ status: 400, body: { error: 'invalid' } });
    expect(changedBeside(await allOf(world.stores), before, 'agentRequests')).toEqual([]);
    expect(world.bot.text()).toContain('events.0.seq');
    expect(world.bot.text()).not.toContain(SECRET);
  });

  const signedBytes = (bytes: Uint8Array, headers: Record<string, string> = {}) => {
    const { createHash } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    const body = createHash('sha256').update(bytes).digest('base64url');
    return agent.asks.post(AGENT_PATHS.inventory, '', { claims: { body }, sent: bytes, headers });
  };

  const changedBeside = (now: Record<string, unknown>, before: Record<string, unknown>, but: string) =>
    Object.keys(now).filter(
      (name) => name !== but && JSON.stringify(now[name]) !== JSON.stringify(before[name]),
    );
});
