import { STANDINGS, type Standing } from '../domain/customers/standing';
import template from './customers.json';
import { type Button, commandButton, moreOf } from './fragments/more';
import { rowOf } from './fragments/row';
import { type Badge, type Card, colourOf, presenter } from './shared/card';

export interface CustomerRow {
  id: string;
  name: string;
  /** Where it stands, in a word or two. */
  state: Badge;
}

export interface CustomersData {
  /** The searched text; empty for all. */
  search: string;
  /** Absent: wherever they stand. */
  standing?: Standing;
  sort: 'name' | 'changed';
  /** At most 8. */
  rows: CustomerRow[];
  /** How many of those that match the search stand where. */
  counts: Record<Standing, number>;
  /** The number of the first row, from 1. */
  first: number;
  /** The values of `page` for the neighbouring pages, '' for the first page; absent at the ends. */
  previousPage?: string;
  nextPage?: string;
  canAdd: boolean;
}

const render = presenter(template);

/**
 * A page of customers with filters, search and paging (verb `customers`). A row opens its customer (verb
 * `customer`).
 */
export function customersCard(data: CustomersData): Card {
  const { search, rows } = data;
  return render({
    speak: `Customers: ${STANDINGS.map((each) => wordsOf(data.counts, each)).join(', ')}`,
    heading: data.standing ? FILTERS[data.standing].heading : 'Customers',
    filters: anybody(data) ? [{ columns: STANDINGS.map((each) => filterOf(data, each)) }] : [],
    search,
    searching: { verb: 'customers', ...shownAs(data), page: '' },
    searchable: anybody(data) || search !== '',
    empty: emptyOf(data).map((text) => ({ text })),
    rows: rows.map(({ id, name, state }) =>
      rowOf({
        title: name,
        state,
        open: { title: `Open ${shortened(name)}: ${state.text}`, verb: 'customer', data: { customerId: id } },
      }),
    ),
    pager: [pagerOf(data)].filter(({ buttons }) => buttons.length > 0),
    menu: moreOf(buttonsOf(data)),
  });
}

interface Filter {
  /** Says which filter is chosen, because its colour alone would not. */
  heading: string;
  /** Says that none stands there. */
  none: string;
  /** Its share of the line, so that no word is broken on a phone. */
  width: number;
  words(count: number): string;
  symbol: string;
  colour: string;
}

const FILTERS: Record<Standing, Filter> = {
  attention: {
    heading: 'Customers that need attention',
    none: 'No customer needs attention.',
    words: (count) => (count === 1 ? 'needs attention' : 'need attention'),
    width: 9,
    symbol: '⚠',
    colour: colourOf('attention'),
  },
  connected: {
    heading: 'Connected customers',
    none: 'No customer is connected.',
    width: 10,
    words: () => 'connected',
    symbol: '✓',
    colour: colourOf('good'),
  },
  notSetUp: {
    heading: 'Customers that are not set up',
    none: 'Every customer is set up.',
    width: 8,
    words: () => 'not set up',
    symbol: '○',
    colour: colourOf('neutral'),
  },
};

/**
 * For a screen reader, which reads the whole name beside it: long names twice would make a card too large.
 */
const shortened = (name: string): string =>
  name.length > 40 ? `${name.slice(0, 39).replace(/\p{Cs}$/u, '')}…` : name;

const wordsOf = (counts: CustomersData['counts'], standing: Standing): string =>
  `${counts[standing].toLocaleString('en')} ${FILTERS[standing].words(counts[standing])}`;

/** The chosen filter is marked, and a click on it shows all again. */
function filterOf(data: CustomersData, standing: Standing) {
  const chosen = data.standing === standing;
  const count = data.counts[standing];
  const to: Shown = { ...shownAs(data), standing: chosen ? undefined : standing };
  return {
    width: FILTERS[standing].width,
    count: count.toLocaleString('en'),
    words: FILTERS[standing].words(count),
    symbol: FILTERS[standing].symbol,
    colour: count > 0 ? FILTERS[standing].colour : 'default',
    style: chosen ? 'accent' : 'emphasis',
    title: chosen ? 'Stop filtering' : `Show ${wordsOf(data.counts, standing)}`,
    data: sent({ ...to, search: data.search }),
  };
}

type Shown = Pick<CustomersData, 'sort'> & { standing?: Standing | undefined };

/** How the list is shown, without what was searched. */
const shownAs = ({ sort, standing }: CustomersData): Shown => ({ sort, ...(standing && { standing }) });

/** What a button sends to show the list like this, from its first page. */
const sent = ({ standing, ...rest }: Shown & { search: string }, page = '') => ({
  ...rest,
  ...(standing && { standing }),
  page,
});

const anybody = ({ counts }: CustomersData): boolean => STANDINGS.some((each) => counts[each] > 0);

function emptyOf(data: CustomersData): string[] {
  const { rows, search, standing, canAdd } = data;
  if (rows.length > 0) return [];
  if (search)
    return [`${anybody(data) ? 'None of these names contains' : 'No customer’s name contains'} “${search}”.`];
  if (standing && anybody(data)) return [FILTERS[standing].none];
  return canAdd
    ? ['No customers yet. Add the first one, then connect Microsoft 365.']
    : ['No customers yet.'];
}

function pagerOf(data: CustomersData) {
  const { search, first, rows, counts, standing, previousPage, nextPage } = data;
  const shown = STANDINGS.filter((each) => !standing || each === standing);
  const total = shown.reduce((sum, each) => sum + counts[each], 0);
  const button = (title: string, page: string | undefined) =>
    page === undefined
      ? []
      : [{ title, verb: 'customers', data: sent({ ...shownAs(data), search }, page), inputs: 'none' }];
  return {
    range: `${first}–${first + rows.length - 1} of ${total.toLocaleString('en')}`,
    buttons: [...button('‹ Previous', previousPage), ...button('Next ›', nextPage)],
  };
}

function buttonsOf(data: CustomersData): Button[] {
  const { search, sort, standing, canAdd, rows } = data;
  const list = (title: string, to: Shown & { search: string }): Button => ({
    title,
    verb: 'customers',
    data: sent(to),
  });
  const first = !anybody(data) && search === '';
  const other = sort === 'name' ? 'changed' : 'name';
  return [
    ...(canAdd
      ? [commandButton('Add customer', { command: 'add customer' }, first ? { style: 'positive' } : {})]
      : []),
    ...(search || standing ? [list('Show all', { search: '', sort })] : []),
    ...(rows.length > 1
      ? [list(sort === 'name' ? 'Sort by last change' : 'Sort by name', { search, standing, sort: other })]
      : []),
  ];
}
