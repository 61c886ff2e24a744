import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describeEachVendor, refused } from '../helpers/vendors/vendorContract';

describeEachVendor('behind something that changes its answers', (on) => {
  test.each([200, 401, 403, 404, 406, 422])(
    'a web page with status %i comes from something in between, no matter what type it states',
    async (status) => {
      const body = '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>';
      for (const type of ['text/html; charset=UTF-8', 'application/json']) {
        on.server.play({ status, headers: { 'content-type': type, server: 'cloudflare' }, body });
        await expect(on.source.page()).rejects.toEqual(refused('webPage', String(status)));
        await expect(on.source.one('1')).rejects.toEqual(refused('webPage', String(status)));
      }
      await expect(on.source.search('contoso', 3)).rejects.toEqual(refused('webPage'));
      await expect(on.source.test()).rejects.toMatchObject({ name: 'SourceRefused' });
    },
  );

  describe('an answer in an unusual form', () => {
    const found = [expect.objectContaining({ id: '1', name: 'Contoso' })];
    const text = () => JSON.stringify(on.vendor.page([{ id: 1, name: 'Contoso' }]));

    test('with a byte order mark is read', async () => {
      on.server.play({ body: `\ufeff${text()}` });
      expect((await on.source.page()).organizations).toEqual(found);
    });

    test('with a wrong type of web page is read', async () => {
      on.server.play({ headers: { 'content-type': 'text/html' }, body: text() });
      expect((await on.source.page()).organizations).toEqual(found);
    });

    test.each([
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ])('that is packed with %s without being asked is read, within its size limit', async (name, pack) => {
      on.server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': name });
        response.end(pack(Buffer.from(text())));
      });
      expect((await on.source.page()).organizations).toEqual(found);
      on.server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': name });
        response.end(pack(Buffer.from(`${text()}${' '.repeat(50_000)}`)));
      });
      await expect(on.another({ maxBytes: 40_000 }).page()).rejects.toEqual(refused('tooLarge'));
    });

    test('that is packed and broken is brokenOff', async () => {
      on.server.play((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.from(text())).subarray(0, 20));
      });
      await expect(on.source.page()).rejects.toEqual(refused('brokenOff'));
    });
  });
});
