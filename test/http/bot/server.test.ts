import { createLog } from '../../../bot/logging/log';
import type { Endpoint } from '../../../domain/http';
import { endpoint, gate, json, start } from '../../helpers/bot/runningServer';

describe('every answer', () => {
  it.each(['/healthz', '/nowhere', '/api/messages'])('carries the security headers: GET %s', async (path) => {
    const { server, url } = await start();
    const { headers } = await fetch(url + path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('server')).toBeNull();
    await server.stop();
  });

  it('does not promise https where there is none', async () => {
    const { server, url } = await start({ publicUrl: 'http://127.0.0.1:3978' });
    expect((await fetch(`${url}/healthz`)).headers.get('strict-transport-security')).toBeNull();
    await server.stop();
  });

  it('has a request id: the valid one of the request, otherwise a new one', async () => {
    const { server, url } = await start();
    const idOf = async (given: string) =>
      (await fetch(`${url}/healthz`, { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('trace-1234')).toBe('trace-1234');
    expect(await idOf('short')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf('<script>alert(1)</script>')).toMatch(/^[0-9a-f-]{36}$/);
    await server.stop();
  });

  it.each([
    ['GET', '/nowhere?code=1', 404],
    ['GET', '/api/messages', 405],
    ['DELETE', '/api/messages', 405],
  ])('is empty for an unknown route: %s %s', async (method, path, status) => {
    const { server, url } = await start();
    const response = await fetch(url + path, { method });
    expect([response.status, await response.text()]).toEqual([status, '']);
    await server.stop();
  });
});

describe('the access log', () => {
  it('has method, route, status, duration and request id, and no query', async () => {
    const handle: Endpoint['handle'] = async () => ({
      status: 302,
      headers: { Location: '/elsewhere' },
      body: '',
    });
    const { server, url, lines, text } = await start({ endpoints: [endpoint('GET', handle)] });
    await fetch(`${url}/signin/x?code=topsecret&state=alsosecret`, {
      redirect: 'manual',
      headers: { 'x-request-id': 'trace-1234' },
    });
    await fetch(`${url}/unknown/topsecret`);
    await server.stop();
    const logged = lines().filter(({ msg }) => msg === 'request');
    expect(logged[0]).toMatchObject({
      level: 'info',
      requestId: 'trace-1234',
      method: 'GET',
      route: '/signin/x',
      status: 302,
      ms: expect.any(Number),
    });
    expect(logged[1]).toMatchObject({ route: 'none', status: 404 });
    expect(text()).not.toContain('secret');
  });
});

describe('a client that goes away', () => {
  it('is logged as aborted, and its turn is finished', async () => {
    const [begun, aborted, finish] = [gate(), gate(), gate()];
    const written: string[] = [];
    const write = (line: string) => {
      written.push(line);
      aborted.open();
    };
    const { server, url } = await start({
      log: createLog({ level: 'info' }, { write }),
      turn: async () => {
        begun.open();
        await finish.opened;
        written.push('finished');
        return { status: 200 };
      },
    });
    const leaving = new AbortController();
    const turn = fetch(`${url}/api/messages`, { ...json, signal: leaving.signal }).catch(() => 'left');
    await begun.opened;
    leaving.abort();
    expect(await turn).toBe('left');
    await aborted.opened;
    finish.open();
    await server.stop();
    expect(written).toEqual([expect.stringContaining('"status":"aborted"'), 'finished']);
  });
});

describe('an endpoint', () => {
  it('gets query, cookies and request id, and answers with its own headers and cookies', async () => {
    const handle = jest.fn<ReturnType<Endpoint['handle']>, Parameters<Endpoint['handle']>>(async () => ({
      status: 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'self'",
      },
      cookies: ['a=1; HttpOnly', 'b=2; HttpOnly'],
      body: '<p>page</p>',
    }));
    const { server, url } = await start({ endpoints: [endpoint('GET', handle)] });
    const response = await fetch(`${url}/signin/x?code=a%20b&__proto__=c`, {
      headers: {
        cookie: 'flow="x%20y"; empty=; broken=%E0; nothing; flow=second',
        'x-request-id': 'trace-1234',
      },
    });
    expect(handle.mock.calls[0]?.[0]).toMatchObject({
      method: 'GET',
      path: '/signin/x',
      body: undefined,
      requestId: 'trace-1234',
    });
    expect(handle.mock.calls[0]?.[0].query.code).toBe('a b');
    expect({ ...handle.mock.calls[0]?.[0].cookies }).toEqual({ flow: 'x y', empty: '', broken: '%E0' });
    expect([response.status, await response.text()]).toEqual([200, '<p>page</p>']);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2; HttpOnly']);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await server.stop();
  });

  it('accepts only JSON and forms', async () => {
    const handle: Endpoint['handle'] = async ({ body }) => ({
      status: 200,
      headers: {},
      body: JSON.stringify(body),
    });
    const { server, url } = await start({ endpoints: [endpoint('POST', handle)] });
    const post = async (type: string, body: string) => {
      const response = await fetch(`${url}/signin/x`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      return [response.status, await response.text()];
    };
    expect(await post('application/json; charset=utf-8', '{"a":"ü"}')).toEqual([200, '{"a":"ü"}']);
    expect(await post('application/x-www-form-urlencoded', 'a=1&b=%20')).toEqual([200, '{"a":"1","b":" "}']);
    expect(await post('multipart/form-data', 'a')).toEqual([415, '']);
    expect(await post('application/x-www-form-urlencoded', 'x'.repeat(300_000))).toEqual([413, '']);
    await server.stop();
  });

  it('answers 500 with an empty body when it throws; the log has the cause', async () => {
    const handle: Endpoint['handle'] = async () => {
      throw new TypeError('detail of the store');
    };
    const { server, url, lines } = await start({ endpoints: [endpoint('GET', handle)] });
    const response = await fetch(`${url}/signin/x`, { headers: { 'x-request-id': 'trace-1234' } });
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        requestId: 'trace-1234',
        err: expect.objectContaining({ message: 'detail of the store' }),
      }),
    );
    await server.stop();
  });
});
