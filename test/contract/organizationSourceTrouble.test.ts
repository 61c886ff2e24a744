import { generate } from 'selfsigned';
import { describeEachVendor, KEY, NOW, refused } from '../helpers/vendorContract';
import { startVendorServer } from '../helpers/vendorServer';

describeEachVendor('in trouble', (on) => {
  describe('a refusal', () => {
    test.each([
      [401, 'badKey'],
      [404, 'notJson'],
      [422, 'notJson'],
    ])('of status %i is %s, at once', async (status, refusal) => {
      on.server.play({ status, body: {} });
      await expect(on.source.page()).rejects.toEqual(refused(refusal));
      expect(on.server.requests).toHaveLength(1);
    });

    test('of a key without the right to organizations is noRight', async () => {
      on.server.play({ status: 403, body: on.vendor.forbidden });
      await expect(on.source.page()).rejects.toEqual(refused('noRight'));
      await expect(on.source.test()).rejects.toEqual(refused('noRight'));
    });

    test('of a key that cannot be sent is badKey, and it is not sent', async () => {
      await expect(on.another({}, 'line\nbreak').page()).rejects.toEqual(refused('badKey'));
      expect(on.server.requests).toEqual([]);
    });

    test('never holds the key', async () => {
      on.server.play({ status: 401, body: { error: KEY } });
      const error = await on.source.page().catch((thrown) => thrown);
      expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(KEY);
    });
  });

  describe('trouble that passes', () => {
    const list = () => ({ body: on.vendor.page([{ id: 1, name: 'Contoso' }]) });

    test.each([429, 500, 502, 503, 504])('of status %i is waited out, longer each time', async (status) => {
      on.server.play({ status }, { status }, list());
      expect((await on.source.page()).organizations).toHaveLength(1);
      expect(on.waits).toEqual([500, 1000]);
    });

    test('is waited out as long as the vendor asks, in seconds or until a date', async () => {
      const date = new Date(NOW + 12_000).toUTCString();
      on.server.play(
        { status: 429, headers: { 'retry-after': '7' } },
        { status: 503, headers: { 'retry-after': date } },
        list(),
      );
      await on.source.page();
      expect(on.waits[0]).toBe(7500);
      expect(on.now).toBeGreaterThanOrEqual(NOW + 12_000);
    });

    test('that would take too long is refused with the seconds to wait', async () => {
      on.server.play({ status: 429, headers: { 'retry-after': '600' } });
      await expect(on.source.page()).rejects.toEqual(refused('throttled', '600'));
      expect(on.server.requests).toHaveLength(1);
      expect(on.waits).toEqual([]);
    });

    test('that does not pass is throttled or unavailable', async () => {
      on.server.play({ status: 429 });
      await expect(on.source.page()).rejects.toMatchObject({
        refusal: 'throttled',
        detail: expect.stringMatching(/^\d{2,3}$/),
      });
      expect(on.server.requests).toHaveLength(4);
      on.server.play({ status: 503 });
      await expect(on.source.page()).rejects.toEqual(refused('unavailable'));
    });

    test('of the connection is tried again', async () => {
      on.server.play((response) => response.socket?.destroy(), list());
      expect((await on.source.page()).organizations).toHaveLength(1);
      expect(on.waits).toEqual([500]);
    });
  });

  describe('an answer that is none', () => {
    test.each([
      [
        'a web page',
        { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Sign in</html>' },
      ],
      ['a web page that says it is JSON', { body: '<html>Sign in</html>' }],
      ['cut off', { body: '{"data":[{"id":"1","attri' }],
      ['of another shape', { body: { rows: [] } }],
      ['empty', { body: '' }],
    ])('%s is notJson, at once', async (_what, play) => {
      on.server.play(play);
      await expect(on.source.page()).rejects.toEqual(refused('notJson'));
      expect(on.server.requests).toHaveLength(1);
    });

    test('broken off again and again is notJson', async () => {
      on.server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"data":[', () => response.socket?.destroy());
      });
      await expect(on.source.page()).rejects.toEqual(refused('notJson'));
      expect(on.server.requests).toHaveLength(4);
    });

    test('larger than allowed is tooLarge, whatever it says of its length', async () => {
      on.server.play({ body: on.vendor.page([{ id: 1, name: 'x'.repeat(50_000) }]) });
      await expect(on.another({ maxBytes: 40_000 }).page()).rejects.toEqual(refused('tooLarge'));
      expect((await on.another({ maxBytes: 60_000 }).page()).organizations).toHaveLength(1);
    });

    test('that never begins, or never ends, is unreachable', async () => {
      on.server.play(() => undefined);
      await expect(on.another({ headersMs: 20 }).page()).rejects.toEqual(refused('unreachable'));
      on.server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data":[');
      });
      await expect(on.another({ wholeMs: 200 }).page()).rejects.toEqual(refused('unreachable'));
    });
  });

  describe('a server', () => {
    test('that nobody listens at is unreachable', async () => {
      await on.server.close();
      await expect(on.source.page()).rejects.toEqual(refused('unreachable'));
      expect(on.waits).toEqual([500, 1000, 2000]);
    });

    test('whose certificate is not trusted is refused before the key is sent, and not asked again', async () => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
      const other = await startVendorServer({ tls: { key, cert } });
      try {
        const { port } = on.server;
        on.server.port = other.port;
        const untrusted = on.another();
        on.server.port = port;
        await expect(untrusted.page()).rejects.toEqual(refused('notTrusted'));
        expect(other.requests).toEqual([]);
        expect(on.waits).toEqual([]);
      } finally {
        await other.close();
      }
    });
  });

  test('an abort ends a call with its own reason', async () => {
    const abort = new AbortController();
    on.server.play(() => abort.abort(new RangeError('cancelled')));
    await expect(on.source.page(undefined, abort.signal)).rejects.toThrow(RangeError);
    await expect(on.source.page(undefined, abort.signal)).rejects.toThrow('cancelled');
    expect(on.server.requests).toHaveLength(1);
  });

  test('sources of one account and key share their budget; another key has its own', async () => {
    on.server.play({ status: 404, body: {} });
    const sources = on.sources();
    const account = { kind: on.vendor.kind, address: on.vendor.address(on.server) };
    const allowed = on.vendor.kind === 'itglue' ? 2400 : 240;
    for (let asked = 0; asked < allowed; asked += 8)
      await Promise.all(Array.from({ length: 8 }, () => sources.of(account, KEY).one('1')));
    if (on.vendor.kind === 'itglue')
      await expect(sources.of(account, KEY).one('1')).rejects.toEqual(refused('throttled', '300'));
    else await expect(sources.of(account, KEY).one('1')).rejects.toEqual(refused('throttled', '60'));
    expect(on.server.requests).toHaveLength(allowed);
    expect(await sources.of(account, 'another-key').one('1')).toBeUndefined();
    on.now += 5 * 60_000;
    expect(await sources.of(account, KEY).one('1')).toBeUndefined();
  });
});
