import template from './customers.json';
import { type Badge, type Card, colourOf, presenter } from './shared/card';

export interface CustomerRow {
  id: string;
  name: string;
  activeDirectory: Badge;
  office365: Badge;
  /** The sync mode in a few words; empty when there is nothing to say. */
  sync: string;
}

export interface CustomersData {
  /** The searched text; empty for all. */
  search: string;
  sort: 'name' | 'changed';
  /** At most 10. */
  rows: CustomerRow[];
  /** How many customers match the search. */
  total: number;
  /** The numbers of the first and last row among them, from 1; 0 when there are none. */
  first: number;
  last: number;
  /** The values of `page` for the neighbouring pages, '' for the first page; absent at the ends. */
  previousPage?: string;
  nextPage?: string;
  canAdd: boolean;
}

const render = presenter(template);

/**
 * A page of customers with search, sort and paging (verb `customers`). A row opens its customer (verb
 * `customer`).
 */
export const customersCard = (data: CustomersData): Card =>
  render({
    ...data,
    otherSort: data.sort === 'name' ? 'changed' : 'name',
    sortTitle: data.sort === 'name' ? 'Sort by last change' : 'Sort by name',
    count: countOf(data),
    speak: data.rows.length > 0 ? `Customers ${countOf(data)}` : 'No customers',
    state: data.rows.length > 0 ? 'list' : data.search ? 'noMatch' : 'none',
    rows: data.rows.map(rowOf),
    pages: pagesOf(data),
  });

function countOf({ first, last, total, sort }: CustomersData): string {
  const order = sort === 'name' ? 'by name' : 'last changed first';
  return `${first}–${last} of ${total.toLocaleString('en')}, ${order}`;
}

function rowOf({ id, name, activeDirectory, office365, sync }: CustomerRow) {
  return {
    id,
    name,
    ad: `${activeDirectory.symbol} Active Directory: ${activeDirectory.text}`,
    adColour: colourOf(activeDirectory.tone),
    o365: `${office365.symbol} Office 365: ${office365.text}`,
    o365Colour: colourOf(office365.tone),
    sync,
    open: `Open ${name}. Active Directory: ${activeDirectory.text}. Office 365: ${office365.text}.`,
  };
}

function pagesOf({ search, sort, previousPage, nextPage }: CustomersData) {
  const page = (title: string, page?: string) =>
    page === undefined ? [] : [{ title, data: { search, sort, page } }];
  return [...page('‹ Previous page', previousPage), ...page('Next page ›', nextPage)];
}
