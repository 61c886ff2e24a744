import { generate } from 'selfsigned';
import { describeEachVendor, KEY, NOW, refused } from '../helpers/vendors/vendorContract';
import { startVendorServer } from '../helpers/vendors/vendorServer';

describeEachVendor('in trouble', (on) => {
  describe('a refusal', () => {
    test.each([
      [401, 'badKey'],
      [404, 'notJson'],
      [422, 'notJson'],
    ])('of status %i is %s, without another try', async (status, refusal) => {
      on.server.play({ status, body: {} });
      await expect(on.source.page()).rejects.toEqual(refused(refusal));
      expect(on.server.requests).toHaveLength(1);
    });

    test('for a key without the right to organizations is noRight', async () => {
      on.server.play({ status: 403, body: on.vendor.forbidden });
      await expect(on.source.page()).rejects.toEqual(refused('noRight'));
      await expect(on.source.test()).rejects.toEqual(refused('noRight'));
    });

    test('for a key that cannot be sent is badKey, and it is not sent', async () => {
      await expect(on.another({}, 'line\nbreak').page()).rejects.toEqual(refused('badKey'));
      expect(on.server.requests).toEqual([]);
    });

    test('never contains the key', async () => {
      on.server.play({ status: 401, body: { error: KEY } });
      const error = await on.source.page().catch((thrown) => thrown);
      expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(KEY);
    });
  });

  describe('passing trouble', () => {
    const list = () => ({ body: on.vendor.page([{ id: 1, name: 'Contoso' }]) });

    test.each([429, 500, 502, 503, 504])('of status %i is tried again, longer each time', async (status) => {
      on.server.play({ status }, { status }, list());
      expect((await on.source.page()).organizations).toHaveLength(1);
      expect(on.waits).toEqual([500, 1000]);
    });

    test('is waited out for as long as the vendor asks, in seconds or until a date', async () => {
      const date = new Date(NOW + 12_000).toUTCString();
      on.server.play(
        { status: 429, headers: { 'retry-after': '7' } },
        { status: 503, headers: { 'retry-after': date, date: new Date(NOW).toUTCString() } },
        list(),
      );
      await on.source.page();
      expect(on.waits[0]).toBe(7500);
      expect(on.now).toBeGreaterThanOrEqual(NOW + 12_000);
    });

    test.each(['0', '0.0', '-3', 'Sat, 21 Nov 2020 00:00:00 GMT', 'soon'])(
      'that says “Retry-After: %s” is waited out as if it named no time, and is never reported as 0 seconds',
      async (header) => {
        on.server.play({ status: 429, headers: { 'retry-after': header }, body: 'Retry later\n' });
        await expect(on.source.page()).rejects.toMatchObject({
          refusal: 'throttled',
          detail: expect.stringMatching(/^[1-9]\d{1,2}$/),
        });
        expect(on.waits).toEqual([500, 1000, 2000]);
      },
    );

    test('with a decimal wait is waited out for that long', async () => {
      on.server.play({ status: 429, headers: { 'retry-after': '1.5' } }, list());
      await on.source.page();
      expect(on.waits).toEqual([2000]);
    });

    test('that would take too long is refused with the seconds to wait', async () => {
      on.server.play({ status: 429, headers: { 'retry-after': '600' } });
      await expect(on.source.page()).rejects.toEqual(refused('throttled', '600'));
      expect(on.server.requests).toHaveLength(1);
      expect(on.waits).toEqual([]);
    });

    test('that lasts is throttled or unavailable', async () => {
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

  describe('an invalid answer', () => {
    test.each([
      [
        'a web page',
        'webPage',
        { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Sign in</html>' },
      ],
      ['a web page that says it is JSON', 'webPage', { body: '<html>Sign in</html>' }],
      ['cut off', 'brokenOff', { body: '{"data":[{"id":"1","attri' }],
      ['of another shape', 'notJson', { body: { rows: [] } }],
      ['cut off, with a byte order mark', 'brokenOff', { body: '\ufeff{"data":[{"id":"1","attri' }],
      ['empty', 'notJson', { body: '' }],
      ['nothing, and says so', 'notJson', { status: 204, body: '' }],
      ['a bare number', 'notJson', { body: '12' }],
      ['null', 'notJson', { body: 'null' }],
      ['a list without its envelope', 'notJson', { body: [] }],
      ['other text', 'notJson', { body: 'Not here.' }],
    ])('%s is %s, without another try', async (_what, refusal, play) => {
      on.server.play(play);
      await expect(on.source.page()).rejects.toEqual(refused(refusal));
      expect(on.server.requests).toHaveLength(1);
    });

    test('that breaks off again and again is brokenOff', async () => {
      on.server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"data":[', () => response.socket?.destroy());
      });
      await expect(on.source.page()).rejects.toEqual(refused('brokenOff'));
      expect(on.server.requests).toHaveLength(4);
    });

    test('that is larger than allowed is tooLarge, no matter what length it states', async () => {
      on.server.play({ body: on.vendor.page([{ id: 1, name: 'x'.repeat(50_000) }]) });
      await expect(on.another({ maxBytes: 40_000 }).page()).rejects.toEqual(refused('tooLarge'));
      expect((await on.another({ maxBytes: 60_000 }).page()).organizations).toHaveLength(1);
    });

    test('that never begins or never ends is unreachable', async () => {
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
    test('that does not listen is unreachable', async () => {
      await on.server.close();
      await expect(on.source.page()).rejects.toEqual(refused('unreachable'));
      expect(on.waits).toEqual([500, 1000, 2000]);
    });

    test('without a trusted certificate is refused before the key is sent, and not tried again', async () => {
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

  test('an abort ends a call with the abort’s own reason', async () => {
    const abort = new AbortController();
    on.server.play(() => abort.abort(new RangeError('cancelled')));
    await expect(on.source.page(undefined, abort.signal)).rejects.toThrow(RangeError);
    await expect(on.source.page(undefined, abort.signal)).rejects.toThrow('cancelled');
    expect(on.server.requests).toHaveLength(1);
  });

  describe('the number of requests within a window', () => {
    const LIMITS = {
      itglue: { forImports: 2000, forPeople: 400, ms: 300_000 },
      hudu: { forImports: 200, forPeople: 40, ms: 60_000 },
    };
    const asked = () => {
      const sources = on.sources();
      const account = { kind: on.vendor.kind, address: on.vendor.address(on.server) };
      return {
        one: (key = KEY) => sources.of(account, key).one('1'),
        search: () => sources.of(account, KEY).search('contoso', 3),
      };
    };
    const times = async (count: number, ask: () => Promise<unknown>) => {
      for (let done = 0; done < count; done += 8) await Promise.all(Array.from({ length: 8 }, () => ask()));
    };

    test('is shared by all sources of one account and key; another key has its own', async () => {
      on.server.play({ status: 404, body: {} });
      const { one } = asked();
      const { forImports, ms } = LIMITS[on.vendor.kind];
      await times(forImports, () => one());
      await expect(one()).rejects.toEqual(refused('throttled', String(ms / 1000)));
      expect(on.server.requests).toHaveLength(forImports);
      expect(await one('another-key')).toBeUndefined();
      on.now += ms;
      expect(await one()).toBeUndefined();
    });

    test('has a part for people and one for imports: neither uses up the other’s, and both together stay within the vendor’s limit', async () => {
      const { one, search } = asked();
      const { forImports, forPeople } = LIMITS[on.vendor.kind];
      const list = { body: on.vendor.page([{ id: 1, name: 'Contoso' }]) };
      on.server.play({ status: 404, body: {} });
      await times(forImports, () => one());
      on.server.play(list);
      expect(await search()).toHaveLength(1);
      await times(forPeople - 8, search);
      await Promise.all(Array.from({ length: 7 }, search));
      await expect(search()).rejects.toMatchObject({ refusal: 'throttled' });
      await expect(one()).rejects.toMatchObject({ refusal: 'throttled' });
      expect(on.server.requests).toHaveLength(forImports + forPeople);
    });
  });
});
