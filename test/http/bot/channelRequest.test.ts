import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { channelRequest } from '../../../bot/channel/channelRequest';
import { classified } from '../../../bot/sending/sendResult';

async function startChannel(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    send: (path = '/v3/conversations/a%3A1/activities', authorization?: string) =>
      channelRequest({
        method: 'POST',
        url: new URL(`http://127.0.0.1:${port}${path}`),
        body: '{"text":"Grüezi"}',
        ...(authorization && { authorization }),
      }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('the channel gets the path, the signature and the body unchanged', async () => {
  const got: unknown[] = [];
  const channel = await startChannel(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const { authorization, 'content-type': type, 'content-length': length } = request.headers;
    got.push(request.url, authorization, type, length, body);
    response.end('{"id":"sent"}');
  });
  expect(await channel.send('/v3/a%3A1?b=1', 'Bearer signature')).toEqual({ id: 'sent' });
  const type = 'application/json; charset=utf-8';
  expect(got).toEqual(['/v3/a%3A1?b=1', 'Bearer signature', type, '18', '{"text":"Grüezi"}']);
  await channel.stop();
});

test('a refusal has its status, its code and the time to wait', async () => {
  const channel = await startChannel((_request, response) => {
    response.writeHead(429, { 'retry-after': '7' });
    response.end('{"error":{"code":"Throttled"}}');
  });
  const refused = { name: 'ChannelRefused', statusCode: 429, retryAfterMs: 7000, errorCode: 'Throttled' };
  await expect(channel.send()).rejects.toMatchObject(refused);
  await channel.stop();
});

test('a redirect is not followed', async () => {
  const asked: unknown[] = [];
  const channel = await startChannel((request, response) => {
    asked.push(request.url);
    response.writeHead(307, { location: '/elsewhere' });
    response.end();
  });
  await expect(channel.send('/here')).rejects.toMatchObject({ statusCode: 307 });
  expect(asked).toEqual(['/here']);
  await channel.stop();
});

test('an answer of more than 1 MB is discarded', async () => {
  const channel = await startChannel((_request, response) => {
    response.end(JSON.stringify({ id: 'x'.repeat(1024 * 1024) }));
  });
  expect(await channel.send()).toBeUndefined();
  await channel.stop();
});

test.each([
  ['{"error":{"code":"ConversationBlockedByUser","message":"no"}}', 'ConversationBlockedByUser'],
  ['{"errorCode":209,"message":"{ \\"subCode\\": \\"MessageWritesBlocked\\" }"}', 'MessageWritesBlocked'],
  ['{"errorCode":209,"message":"no JSON"}', undefined],
  ['{"error":"no object"}', undefined],
  ['<html>', undefined],
])('the refusal %s has the code %s', async (body, errorCode) => {
  const channel = await startChannel((_request, response) => {
    response.writeHead(403);
    response.end(body);
  });
  const error = await channel.send().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ statusCode: 403, errorCode });
  await channel.stop();
});

test.each([
  ['7', 7_000],
  ['86400', 3_600_000],
  ['Sun, 29 Nov 2026 00:00:40 GMT', 40_000],
  ['Mon, 30 Nov 2026 00:00:00 GMT', 3_600_000],
  ['Sat, 28 Nov 2026 00:00:00 GMT', undefined],
  ['-1', undefined],
  ['soon', undefined],
])('“Retry-After: %s” asks to wait %s ms', async (header, ms) => {
  const channel = await startChannel((_request, response) => {
    response.writeHead(503, { 'retry-after': header, date: 'Sun, 29 Nov 2026 00:00:00 GMT' });
    response.end();
  });
  const error = await channel.send().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ statusCode: 503, retryAfterMs: ms });
  await channel.stop();
});

test.each([403, 404, 200])(
  'a web page with %s counts as a device in between, not as the channel',
  async (status) => {
    const channel = await startChannel((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end('<!DOCTYPE html><title>Blocked</title>');
    });
    const error = await channel.send().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ statusCode: status, inBetween: true });
    expect(await classified(() => Promise.reject(error))).toMatchObject({ kind: 'failed', passing: true });
    await channel.stop();
  },
);

test('the bot reads an answer with a byte order mark', async () => {
  const channel = await startChannel((_request, response) => response.end('\ufeff{"id":"1"}'));
  expect(await channel.send()).toEqual({ id: '1' });
  await channel.stop();
});

test('a refused connection means that nothing was sent', async () => {
  const channel = await startChannel(() => undefined);
  await channel.stop();
  await expect(channel.send()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a broken connection fails the send once, and the message may have arrived', async () => {
  let asked = 0;
  const channel = await startChannel((request) => {
    asked += 1;
    request.socket.destroy();
  });
  await expect(channel.send()).rejects.toMatchObject({ silent: true, cause: { code: 'UND_ERR_SOCKET' } });
  expect(asked).toBe(1);
  await channel.stop();
});
