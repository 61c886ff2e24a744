import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createAgentDownload } from '../../../api/agentDownload';
import { AGENT_DOWNLOAD_PATH } from '../../../domain/agents/enrolment/installLine';
import type { Endpoint } from '../../../domain/http';
import { rawGet } from '../../helpers/bot/rawHttp';
import { endpoint, gate, start } from '../../helpers/bot/runningServer';

type Server = Awaited<ReturnType<typeof start>>;
const piece = Buffer.alloc(256 * 1024);
const few = { most: 40, mostOfOne: 20, mostOnOne: 8 };

let server: Server;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await server.server.stop();
});

function open(localAddress = '127.0.0.1'): Socket {
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}
const opened = async (count: number, from?: string) => {
  const all = Array.from({ length: count }, () => open(from));
  await Promise.all(all.map((socket) => once(socket, 'connect')));
  return all;
};

/**
 * The first line of the answer to a request from that address; empty when the connection closes without one.
 */
async function firstLine(request: string, from?: string): Promise<string> {
  const socket = open(from);
  socket.write(request);
  const text = await new Promise<string>((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.toString('latin1')));
    socket.once('close', () => resolve(''));
  });
  socket.destroy();
  return text.split('\r\n', 1)[0] ?? '';
}
const health = (from?: string) => firstLine(rawGet('/healthz'), from);
const OK = 'HTTP/1.1 200 OK';

describe('idle connections', () => {
  it('keep nobody out, from the same address or another', async () => {
    server = await start({ connectionBounds: few });
    const idle = await opened(200);
    expect(await health()).toBe(OK);
    expect(await health('127.0.0.2')).toBe(OK);
    await opened(200, '127.0.0.3');
    await opened(200, '127.0.0.4');
    expect(await health('127.0.0.2')).toBe(OK);
    expect(idle.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(few.mostOfOne);
    expect(server.lines().filter(({ msg }) => String(msg).includes('TRUSTED_PROXIES'))).toHaveLength(1);
  });

  it('are closed before a used one', async () => {
    const [asked, finish] = [gate(), gate()];
    const handle = async () => {
      asked.open();
      await finish.opened;
      return { status: 200, headers: {}, body: '' };
    };
    server = await start({ connectionBounds: few, endpoints: [endpoint('GET', handle)] });
    const used = firstLine(rawGet('/signin/x'));
    await asked.opened;
    await opened(100);
    finish.open();
    expect(await used).toBe(OK);
  });

  it('have no bound for one address when it is a trusted proxy', async () => {
    server = await start({ connectionBounds: few, trustedProxies: ['127.0.0.1'] });
    const all = await opened(few.mostOfOne + 10);
    expect(await health()).toBe(OK);
    expect(all.filter(({ closed }) => closed)).toEqual([]);
  });
});

describe('the download of the agent', () => {
  const endless = async function* () {
    for (;;) yield piece;
  };
  const endpoints = (read = endless) => [createAgentDownload(async () => ({ bytes: 1024 ** 4, read }))];
  const get = rawGet(AGENT_DOWNLOAD_PATH);
  const deaf = async (count: number, from?: string) => {
    for (const socket of await opened(count, from)) socket.pause().write(get);
  };
  /** Asks until it gets a slot: a slot is free as soon as the server sees that a client is gone. */
  const letIn = async (from?: string) => {
    while ((await firstLine(get, from)) !== OK);
    return true;
  };

  it('goes on for others while one address does not read', async () => {
    server = await start({ endpoints: endpoints() });
    await deaf(20);
    while (!(await firstLine(get)).includes('503'));
    expect(await firstLine(get, '127.0.0.2')).toBe(OK);
  });

  /** Endless pieces, and how many readers of them began and ended. */
  const counted = () => {
    const count = { begun: 0, ended: 0 };
    const read = async function* () {
      count.begun++;
      try {
        for (;;) yield piece;
      } finally {
        count.ended++;
      }
    };
    return { count, read };
  };

  it('has slots for others when five addresses together have taken all', async () => {
    const { count, read } = counted();
    server = await start({ endpoints: endpoints(read) });
    for (const last of [1, 2, 3, 4, 5]) await deaf(20, `127.0.0.${last}`);
    while (count.begun < 100) await new Promise((resolve) => setImmediate(resolve));
    const [other] = await opened(1, '127.0.0.6');
    other?.write(get);
    let told = '';
    for (let bytes = 0; bytes < 8 * piece.length; ) {
      const [chunk] = await once(other as Socket, 'data');
      bytes += chunk.length;
      told ||= chunk.toString('latin1');
    }
    expect(told).toContain(OK);
    while (count.ended < 1) await new Promise((resolve) => setImmediate(resolve));
    expect(count).toEqual({ begun: 101, ended: 1 });
    expect(await firstLine(get, '127.0.0.2')).toContain('503');
  });

  it('ends for a slow reader, so that others behind the same address get a slot', async () => {
    const { count, read } = counted();
    server = await start({
      endpoints: endpoints(read),
      sendBounds: { pace: { bytes: 64 * 1024, withinMs: 100 } },
    });
    await deaf(20);
    while (count.begun < 20 || count.ended < 20) await new Promise((resolve) => setImmediate(resolve));
    expect(await letIn()).toBe(true);
  });

  it('gets its slots back when a connection with 400 requests is gone', async () => {
    server = await start({ endpoints: endpoints() });
    for (const end of ['destroy', 'resetAndDestroy'] as const) {
      const [socket] = await opened(1);
      socket?.pause().write(get.replace('Connection: close\r\n', '').repeat(400));
      await firstLine(get);
      socket?.[end]();
    }
    expect(await letIn()).toBe(true);
    for (const socket of sockets) socket.destroy();
    await server.server.stop();
    expect(server.lines().filter(({ left }) => left !== undefined)).toEqual([]);
  });

  it('counts clients that ask at the same moment', async () => {
    const found = gate();
    const file = { bytes: 1024 ** 4, read: endless };
    server = await start({ endpoints: [createAgentDownload(() => found.opened.then(() => file))] });
    const answers = Array.from({ length: 50 }, () => firstLine(get));
    const refusals = Promise.all(answers.map((answer) => answer.then((line) => line.includes('503'))));
    while (server.lines().filter(({ status }) => status === 503).length < 30)
      await new Promise((resolve) => setImmediate(resolve));
    found.open();
    expect((await refusals).filter(Boolean)).toHaveLength(30);
  });
});

it('an answer that nobody reads ends with its connection', async () => {
  let gone: AbortSignal | undefined;
  const handle: Endpoint['handle'] = async ({ client }) => {
    gone = client?.ended;
    return { status: 200, headers: {}, body: Buffer.alloc(32 * 1024 * 1024) };
  };
  server = await start({ endpoints: [endpoint('GET', handle)], sendBounds: { smallWithinMs: 50 } });
  const [socket] = await opened(1);
  socket?.pause().write(rawGet('/signin/x'));
  while (!gone?.aborted) await new Promise((resolve) => setImmediate(resolve));
});

it('too many requests on one connection close it, and all of them end', async () => {
  let ended = 0;
  const asked: AbortSignal[] = [];
  const waiting = async ({ client }: { client?: { ended: AbortSignal } }) => {
    if (client) asked.push(client.ended);
    client?.ended.addEventListener('abort', () => ended++);
    await new Promise((resolve) => client?.ended.addEventListener('abort', resolve));
    return { status: 200, headers: {}, body: '' };
  };
  server = await start({ connectionBounds: few, endpoints: [endpoint('GET', waiting)] });
  const [socket] = await opened(1);
  socket?.write(rawGet('/signin/x').replace('Connection: close\r\n', '').repeat(9));
  await once(socket as Socket, 'close');
  while (ended < few.mostOnOne) await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toHaveLength(few.mostOnOne);
});
