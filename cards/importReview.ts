import type { Choice, Counts, Group, ImportRow, View } from '../domain/imports/importRun';
import { isCustomerByType } from '../domain/organizations/organizationType';
import { headerOf } from './fragments/header';
import type { Page } from './fragments/pager';
import { pageButtons, rangeOf } from './fragments/pager';
import { bulkRowsOf } from './importBulk';
import template from './importReview.json';
import { type Card, presenter, rowsOf } from './shared/card';
import { counted } from './shared/format';

export interface ImportReviewRow {
  name: string;
  organizationId: string;
  /** The stored page that holds the row. */
  page: number;
  group: Group;
  state: ImportRow['organization']['state'];
  /** Its page at the vendor. */
  url?: string;
  statusName?: string;
  typeName?: string;
  customerName?: string;
  because?: string;
  choice?: Choice;
  /** What the person can choose; empty where there is at most one choice. */
  choices: Choice[];
}

export interface ImportReviewData extends Page {
  runId: string;
  integration: string;
  group: View;
  search: string;
  /** The chosen names of the filters; empty for all. */
  statusName: string;
  typeName: string;
  statuses: string[];
  types: string[];
  counts: Counts;
  /** Rows that were reported as broken or repeated. */
  bad: number;
  /** How many more organizations the vendor itself counts. */
  unlisted: number;
  rows: ImportReviewRow[];
  total: number;
  /** From 0. */
  page: number;
  perPage: number;
  plan: { create: number; link: number; skip: number; undecided: number };
  problem?: string;
}

const VIEW_WORDS: Record<View, string> = {
  new: 'New',
  likely: 'Likely',
  conflict: 'Conflicts',
  unusable: 'Names that cannot be used',
  inactive: 'Inactive',
  linked: 'Linked',
  toReview: 'To review',
};
const ORDER: Group[] = ['new', 'likely', 'conflict', 'inactive', 'unusable', 'linked'];
const TABS_IN_SIGHT = 3;
const CHOICE_WORDS: Record<Choice, string> = { create: 'Create', link: 'Link', skip: 'Skip' };
/** No filter: a choice must have a value. */
export const ALL = '*';

const render = presenter(template);

/**
 * What an import found, one list and page at a time (verb `importReview`), with a choice on each row. Every
 * button carries the page's choices. The name of a row's input contains what it showed, so that only this
 * person's changes are applied.
 */
export const importReviewCard = (data: ImportReviewData): Card => {
  const { runId, group, page, search, statusName, typeName, plan } = data;
  const shown = {
    ...(search && { search: search.slice(0, 100) }),
    ...(statusName && { statusName }),
    ...(typeName && { typeName }),
  };
  const to = (more: object) => ({ runId, group, page, ...shown, ...more });
  const [inSight, behind] = tabsOf(data);
  return render({
    ...headerOf({ heading: `Import from ${data.integration}`, under: summaryOf(data) }),
    speak: data.problem || `Import from ${data.integration}: ${summaryOf(data)}`,
    tabs: inSight,
    lists: behind.length > 0 ? 'Search, more' : 'Search',
    tabRows: rowsOf(behind, TABS_IN_SIGHT).map((tabs) => ({ tabs })),
    search,
    searchData: { runId, group, page: 0, do: 'show' },
    filters: [
      ...filterOf('statusName', 'Status', data.statuses, statusName),
      ...filterOf('typeName', 'Type', data.types, typeName),
    ],
    rows: data.rows.map(rowOf),
    range: foundOf(data),
    buttons: pageButtons(data, (at) => to({ do: 'show', page: at })).map((button) => ({
      ...button,
      verb: 'importReview',
      inputs: 'auto',
    })),
    plan: planOf(data),
    problem: data.problem ?? '',
    apply: applyOf(plan, to),
    review: plan.undecided > 0 && group !== 'toReview' ? [reviewOf(runId, plan.undecided)] : [],
    bulkRows: bulkRowsOf(data, to),
    saveData: to({ do: 'show' }),
    cancelData: { runId },
  });
};

const applyOf = (plan: ImportReviewData['plan'], to: (more: object) => object) =>
  plan.create + plan.link > 0
    ? [{ title: `Apply: ${deedsOf(plan)}`, data: to({ create: plan.create, link: plan.link }) }]
    : [];

const reviewOf = (runId: string, undecided: number) => ({
  title: `Review ${amount(undecided)}`,
  data: { runId, group: 'toReview', page: 0, do: 'show' },
});

const amount = (count: number): string => count.toLocaleString('en');

function summaryOf({ counts, bad, unlisted }: ImportReviewData): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const left = bad > 0 ? ` ${counted(bad, 'row')} could not be read.` : '';
  const more = unlisted > 0 ? ` The vendor has ${amount(unlisted)} more: import again later.` : '';
  return `${counted(all, 'organization')} found.${left}${more} Nothing changes before you apply.`;
}

/** The lists with something in them: those in sight, and the others. The shown one is always in sight. */
function tabsOf({ runId, counts, group, total }: ImportReviewData) {
  const tab = (each: View, count: number) => ({
    title: `${each === group ? '● ' : ''}${VIEW_WORDS[each]} (${amount(count)})`,
    data: { runId, group: each, page: 0, do: 'show' },
  });
  const full = ORDER.filter((each) => counts[each] > 0 || each === group || each === 'new');
  const review = group === 'toReview' ? [tab(group, total)] : [];
  const most = TABS_IN_SIGHT - review.length;
  const first = full.filter((each, index) => index < most || each === group);
  return [
    [...review, ...first.map((each) => tab(each, counts[each]))],
    full.filter((each) => !first.includes(each)).map((each) => tab(each, counts[each])),
  ] as const;
}

/** Drop-down lists, which show the account’s own words literally. */
const filterOf = (id: string, label: string, names: string[], value: string) =>
  names.length < 2
    ? []
    : [
        {
          id,
          label,
          value: value || ALL,
          choices: [{ title: 'All', value: ALL }, ...names.map((name) => ({ title: name, value: name }))],
        },
      ];

function foundOf(data: ImportReviewData): string {
  const { total, search, statusName, typeName } = data;
  const filter = [search && `“${search}”`, statusName, typeName].filter(Boolean).join(', ');
  return `${total === 0 ? 'Nothing here' : rangeOf(data)}${filter && ` with ${filter}`}`;
}

function rowOf(row: ImportReviewRow) {
  const input = inputOf(row);
  const deeds = row.choices.filter((choice) => choice !== 'skip');
  const [deed] = deeds;
  return {
    name: `${clipped(row.name, 120) || '(without a name)'}${row.url ? ' ↗' : ''}`,
    under: clipped(underOf(row), 200),
    open: row.url ? [{ url: row.url, title: `Open ${clipped(row.name, 60) || 'it'} at the vendor` }] : [],
    toggles: deed && deeds.length === 1 ? [toggleOf(input, deed, row.choice)] : [],
    sets: deeds.length > 1 ? [{ id: input, value: row.choice ?? '', choices: row.choices.map(worded) }] : [],
  };
}

/** About as much as its lines show. */
const clipped = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…` : text;

const worded = (value: Choice) => ({ value, title: CHOICE_WORDS[value] });

/** Off means left out; while nothing was decided it means nothing. */
const toggleOf = (id: string, deed: Choice, choice: Choice | undefined) => {
  const valueOff = choice === undefined ? 'none' : 'skip';
  return { id, title: CHOICE_WORDS[deed], valueOn: deed, valueOff, value: choice === deed ? deed : valueOff };
};

/** What is not as usual: an active customer says nothing. */
function underOf({
  state,
  statusName = '',
  typeName = '',
  customerName,
  because = '',
}: ImportReviewRow): string {
  const isUsual = /^(|active)$/i.test(statusName);
  const isKnown = state === 'active' || statusName.toLowerCase() === state;
  const facts = [
    !isUsual && statusName,
    !isCustomerByType({ typeName }) && !because.includes(typeName) && typeName,
    !isKnown && state,
  ].filter(Boolean);
  const customer = customerName ? `Customer ${customerName}. ` : '';
  return [`${customer}${because}`.trim(), facts.join(' · ')].filter(Boolean).join(' ');
}

/** Names the row and the shown value of its input: `choice|3|1234|skip`. */
const inputOf = ({ page, organizationId, choice }: ImportReviewRow): string =>
  `choice|${page}|${choice ?? ''}|${organizationId}`;

/** Reads the name of an input; undefined for any other input. */
export function rowOfInput(
  input: string,
): { page: number; shown: string; organizationId: string } | undefined {
  const [, page, shown = '', organizationId] =
    /^choice\|(\d{1,6})\|(|create|link|skip)\|(.{1,200})$/.exec(input) ?? [];
  return page && organizationId ? { page: Number(page), shown, organizationId } : undefined;
}

const deedsOf = ({ create, link }: ImportReviewData['plan']): string =>
  [...(create > 0 ? [`create ${amount(create)}`] : []), ...(link > 0 ? [`link ${amount(link)}`] : [])].join(
    ', ',
  );

/** What Apply leaves as it is; the button says what it does. */
function planOf({ plan }: ImportReviewData): string {
  const left = [
    plan.create + plan.link === 0 && 'Nothing is chosen yet.',
    plan.skip > 0 && `${amount(plan.skip)} skipped.`,
    plan.undecided > 0 && `${amount(plan.undecided)} not decided.`,
  ].filter(Boolean);
  return left.length > 0 ? left.join(' ') : 'All are decided.';
}
