import { describeEachVendor, KEY, refused } from '../helpers/vendors/vendorContract';

describeEachVendor('as a source of organizations', (on) => {
  describe('the list', () => {
    test('is read to its end in the largest pages; names stay unchanged', async () => {
      on.server.play({ body: on.vendor.first() }, { body: on.vendor.last });
      const first = await on.source.page();
      expect(first.organizations.slice(0, 6)).toEqual(on.vendor.organizations);
      expect(first.bad).toEqual([]);
      const last = await on.source.page(first.next);
      expect(last.next).toBeUndefined();
      expect(on.server.requests).toEqual([
        expect.objectContaining({ path: on.vendor.listPath, apiKey: KEY }),
        { path: on.vendor.listPath, apiKey: KEY, query: on.vendor.secondPage },
      ]);
    });

    test('loses only a bad row, and says which one and why', async () => {
      on.server.play({ body: on.vendor.last });
      const { organizations, bad } = await on.source.page();
      expect(organizations).toEqual([expect.objectContaining({ id: '201', name: 'Fabrikam' })]);
      expect(bad).toEqual([
        { id: '202', why: expect.stringContaining('name') },
        { id: '203', why: expect.any(String) },
        { id: 'page 1, row 4', why: expect.stringContaining('id') },
        { id: '201', why: 'the same id a second time on this page' },
      ]);
    });

    test('continues from its token in another process', async () => {
      on.server.play({ body: on.vendor.first() }, { body: on.vendor.last });
      const { next } = await on.source.page();
      await on.another().page(next);
      expect(on.server.requests[1]?.query).toEqual(on.vendor.secondPage);
    });

    test('may be empty', async () => {
      on.server.play({ body: on.vendor.page([]) });
      expect(await on.source.page()).toEqual({ organizations: [], bad: [] });
    });

    test('is refused as endless when it gives the same page again', async () => {
      on.server.play({ body: on.vendor.first() });
      const { next } = await on.source.page();
      await expect(on.source.page(next)).rejects.toEqual(refused('endless'));
    });

    test('is read further when the server cuts its pages and gives no total', async () => {
      const rows = Array.from({ length: 60 }, (_, index) => ({ id: index + 1, name: `Customer ${index}` }));
      on.server.play(
        { body: on.vendor.page(rows.slice(0, 25)) },
        { body: on.vendor.page(rows.slice(25, 50)) },
        { body: on.vendor.page(rows.slice(50)) },
      );
      const names: string[] = [];
      let next: string | undefined;
      do {
        const page = await on.source.page(next);
        names.push(...page.organizations.map(({ name }) => name));
        next = page.next;
      } while (next);
      expect(names).toEqual(rows.map(({ name }) => name));
      expect(on.server.requests).toHaveLength(3);
    });
  });

  describe('one organization', () => {
    test('is read by its id', async () => {
      on.server.play({ body: on.vendor.one });
      expect(await on.source.one('101')).toMatchObject({ id: '101', name: 'Contoso Ltd', state: 'active' });
      expect(on.server.requests[0]?.path).toBe(on.vendor.onePath('101'));
    });

    test('is undefined when it is gone, or when its id cannot exist', async () => {
      on.server.play({ status: 404, body: {} });
      expect(await on.source.one('101')).toBeUndefined();
      expect(await on.source.one('../users')).toBeUndefined();
      expect(on.server.requests).toHaveLength(1);
    });
  });

  describe('a search', () => {
    const rows = [
      'The Contoso Group',
      'Northwind',
      'Contoso East',
      'CONTOSO',
      'Group of Contoso',
      'Cöntoso',
    ].map((name, index) => ({ id: index + 1, name }));

    test('gives the nearest names first, no matter what else the vendor finds', async () => {
      on.server.play({ body: on.vendor.page(rows) });
      const found = await on.source.search(' contoso ', 4);
      expect(found.map(({ name }) => name)).toEqual([
        'CONTOSO',
        'Cöntoso',
        'Contoso East',
        'Group of Contoso',
      ]);
      expect(on.server.requests).toEqual([
        { path: on.vendor.listPath, apiKey: KEY, query: on.vendor.search('contoso') },
      ]);
    });

    test('makes no request without a text', async () => {
      expect(await on.source.search('  ', 5)).toEqual([]);
      expect(on.server.requests).toEqual([]);
    });
  });

  describe('the test', () => {
    test('says what it found', async () => {
      on.server.play({ body: on.vendor.page([{ id: 1, name: 'Contoso' }]) });
      expect(await on.source.test()).toMatch(/can be read$/);
      expect(on.server.requests.length).toBeLessThanOrEqual(2);
    });

    test('refuses an account in which no row is an organization', async () => {
      on.server.play({ body: on.vendor.page([{ id: 1, name: null as unknown as string }]) });
      await expect(on.source.test()).rejects.toEqual(refused('notJson'));
    });
  });
});
