import type { IntegrationKind } from '../../../domain/integrations/integration';
import type { Organization } from '../../../domain/organizations/organization';
import hudu from '../../fixtures/hudu/apiInfo.json';
import huduFirst from '../../fixtures/hudu/firstPage.json';
import huduLast from '../../fixtures/hudu/lastPage.json';
import huduOne from '../../fixtures/hudu/one.json';
import itGlueError from '../../fixtures/itglue/error.json';
import itGlueFirst from '../../fixtures/itglue/firstPage.json';
import itGlueLast from '../../fixtures/itglue/lastPage.json';
import itGlueOne from '../../fixtures/itglue/one.json';
import type { VendorServer } from './vendorServer';

/** A vendor for the contract suite. */
export interface PlayedVendor {
  kind: IntegrationKind;
  address(server: VendorServer): string;
  listPath: string;
  onePath(id: string): string;
  /** The first page of a recording of two pages. `full` adds ordinary rows until the page is full. */
  first(): unknown;
  last: unknown;
  one: unknown;
  /** A page of these rows, with the vendor's statement about the next page where it makes one. */
  page(rows: { id: number; name: string }[], more?: boolean): unknown;
  /** The query for page 2. */
  secondPage: Record<string, string>;
  search(text: string): Record<string, string>;
  /** The answer to a key without the right to organizations. */
  forbidden: unknown;
  /** The organizations in the rows of `first`. */
  organizations: Organization[];
  /** The answers that `test` needs apart from the list. */
  prepare(server: VendorServer): void;
}

const rowsUpTo = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: 1000 + index, name: `Customer ${index}` }));

const NAMES = huduFirst.companies.map(({ name }) => name);
const [contoso = '', contosoAgain = '', empty = '', arabic = '', emoji = '', long = ''] = NAMES;

const itGlueRow = ({ id, name }: { id: number; name: string }) => ({
  id: String(id),
  type: 'organizations',
  attributes: { name, 'organization-status-name': 'Active' },
});

const active = (id: string, name: string, rest: Partial<Organization>): Organization => ({
  id,
  name,
  state: 'active',
  ...rest,
});

const named = { statusName: 'Active', typeName: 'Customer' };

export const itGlue: PlayedVendor = {
  kind: 'itglue',
  address: () => 'eu',
  listPath: '/organizations',
  onePath: (id) => `/organizations/${id}`,
  first: () => itGlueFirst,
  last: itGlueLast,
  one: itGlueOne,
  page: (rows, more) => ({
    data: rows.map(itGlueRow),
    ...(more !== undefined && { meta: { 'next-page': more ? 2 : null } }),
  }),
  secondPage: { 'page[number]': '2', 'page[size]': '1000', sort: 'id' },
  search: (text) => ({
    'filter[name]': [text, text.charAt(0).toUpperCase() + text.slice(1), text.toUpperCase()].join(','),
    'page[size]': '100',
  }),
  forbidden: itGlueError,
  organizations: [
    active('101', contoso, { ...named, url: 'https://northmsp.itglue.com/101' }),
    { id: '102', name: contosoAgain, state: 'inactive', ...named, statusName: 'Inactive in last 6 months' },
    active('103', empty, {}),
    active('104', arabic, named),
    active('105', emoji, named),
    active('106', long, named),
  ],
  prepare: () => undefined,
};

const huduPage = (id: number) => `https://docs.northmsp.example/c/c-${id}`;

/** `full_url` is missing in the third row, so the source works out that page from the host. */
export const huduVendor = (): PlayedVendor => {
  let host = '';
  return {
    kind: 'hudu',
    address: ({ port }) => {
      host = `127.0.0.1:${port}`;
      return host;
    },
    listPath: '/api/v1/companies',
    onePath: (id) => `/api/v1/companies/${id}`,
    first: () => ({
      companies: [...huduFirst.companies, ...rowsUpTo(1000 - huduFirst.companies.length)],
    }),
    last: huduLast,
    one: huduOne,
    page: (rows) => ({ companies: rows }),
    secondPage: { page: '2', page_size: '1000' },
    search: (text) => ({ search: text, page_size: '100' }),
    forbidden: { status: 403, error: 'Forbidden' },
    get organizations() {
      const client = { typeName: 'Client' };
      return [
        active('101', contoso, { ...client, url: huduPage(101) }),
        { id: '102', name: contosoAgain, state: 'archived' as const, ...client, url: huduPage(102) },
        active('103', empty, { url: `https://${host}/c/c-103` }),
        active('104', arabic, { ...client, url: huduPage(104) }),
        active('105', emoji, { ...client, url: huduPage(105) }),
        active('106', long, { ...client, url: huduPage(106) }),
      ];
    },
    prepare: (server) => server.playAt('/api/v1/api_info', { body: hudu }),
  };
};
