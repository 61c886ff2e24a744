import { companyRows, isAtLeast } from '../../../connectors/hudu/map';
import { listSchema, nextPageOf, organizationRows } from '../../../connectors/itglue/map';
import { type RowReader, readRows } from '../../../connectors/shared/rows';
import underscores from '../../fixtures/itglue/underscores.json';

/** The organization in a row; undefined for a bad row. */
const read = <Row>(row: unknown, rows: RowReader<Row>) => readRows([row], 1, rows).organizations[0];

describe('IT Glue', () => {
  const row = (attributes: Record<string, unknown>) =>
    read({ id: '1', attributes: { name: 'Contoso', ...attributes } }, organizationRows);

  test('may write names with underscores', () => {
    expect(read(underscores.data[0], organizationRows)).toEqual({
      id: '301',
      name: 'Underscore Inc',
      state: 'inactive',
      statusName: 'Former Client',
      typeName: 'Customer',
    });
    const { meta } = listSchema.parse(underscores);
    expect(meta).toMatchObject({ 'total-pages': 1, 'total-count': 1 });
    expect(nextPageOf(meta, 1, 1)).toBeNull();
  });

  test.each([
    ['Inactive', 'inactive'],
    ['INACTIVE in last 6 months', 'inactive'],
    ['Archived', 'inactive'],
    ['Former Client', 'inactive'],
    ['Terminated', 'inactive'],
    ['Lost', 'inactive'],
    ['canceled', 'inactive'],
    ['Cancelled 2024', 'inactive'],
    ['not_active', 'inactive'],
    ['client_inactive', 'inactive'],
    ['No longer a client', 'inactive'],
    ['Closest', 'active'],
    ['Active', 'active'],
    ['Onboarding', 'active'],
    ['Formerly known', 'active'],
    ['Testing Only', 'active'],
    [null, 'active'],
    [42, 'active'],
  ])('status %p is %s', (status, state) => {
    expect(row({ 'organization-status-name': status })?.state).toBe(state);
  });

  test.each([
    ['https://northmsp.itglue.com/1', 'https://northmsp.itglue.com/1'],
    ['http://northmsp.itglue.com/1', undefined],
    ['javascript:alert(1)', undefined],
    ['/1', undefined],
    [null, undefined],
  ])('resource-url %p is page %p', (resourceUrl, url) => {
    expect(row({ 'resource-url': resourceUrl })?.url).toBe(url);
  });

  test('ids are text or whole numbers that cannot change the path of an address', () => {
    const idOf = (id: unknown) => read({ id, attributes: { name: '' } }, organizationRows)?.id;
    expect([idOf('123'), idOf(123), idOf('a-b_9')]).toEqual(['123', '123', 'a-b_9']);
    for (const id of ['', '..', 'a/b', '1?x', 1.5, 2 ** 60, null, undefined, {}])
      expect(idOf(id)).toBeUndefined();
  });

  test.each([
    [{ 'next-page': 3, 'total-pages': 9 }, 3],
    [{ 'next-page': '3' }, 3],
    [{ next_page: 3 }, 3],
    [{ 'next-page': null, 'total-pages': 9 }, 3],
    [{ 'next-page': null, 'total-pages': 2 }, null],
    [{ 'next-page': null }, null],
    [{ 'total-pages': 3 }, 3],
    [{ total_pages: '2' }, null],
    [{ 'next-page': 'more' }, undefined],
    [{}, undefined],
    [null, undefined],
    [undefined, undefined],
  ])('after page 2, meta %j says the next page is %p', (meta, next) => {
    expect(nextPageOf(listSchema.parse({ data: [], meta }).meta, 2, 1)).toBe(next);
  });
});

describe('Hudu', () => {
  const company = (fields: Record<string, unknown>) =>
    read({ id: 7, name: 'Contoso', ...fields }, companyRows(new URL('https://docs.example.com')));

  test('archives, and names a type', () => {
    expect(company({ archived: true, company_type: 'Client' })).toEqual({
      id: '7',
      name: 'Contoso',
      state: 'archived',
      typeName: 'Client',
    });
    expect(company({ archived: null })?.state).toBe('active');
  });

  test.each([
    [{ full_url: 'https://docs.example.com/c/x' }, 'https://docs.example.com/c/x'],
    [{ url: '/c/x' }, 'https://docs.example.com/c/x'],
    [{ full_url: 'http://docs.example.com/c/x', url: '/c/x' }, 'https://docs.example.com/c/x'],
    [{ url: 'javascript:alert(1)' }, undefined],
    [{}, undefined],
  ])('%j leads to %p', (fields, url) => {
    expect(company(fields)?.url).toBe(url);
  });

  test.each([
    ['2.1.5.7', true],
    ['2.1.5.8', true],
    ['2.1.6', true],
    ['2.44.0', true],
    ['10.0', true],
    ['v2.30.1-beta', true],
    ['2.1.5.6', false],
    ['2.1.5', false],
    ['2.0.99.99', false],
    ['1.9', false],
    ['unknown', true],
  ])('version %s is new enough: %p', (version, expected) => {
    expect(isAtLeast(version, '2.1.5.7')).toBe(expected);
  });
});
