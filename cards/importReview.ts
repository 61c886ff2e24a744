import type { Choice, Counts, Group, ImportRow } from '../domain/imports/importRun';
import { type Page, pageButtons, rangeOf } from './fragments/pager';
import template from './importReview.json';
import { type Card, colourOf, presenter, rowsOf, signOf, type Tone } from './shared/card';
import { counted } from './shared/format';

export interface ImportReviewRow {
  name: string;
  organizationId: string;
  /** The stored page that holds the row. */
  page: number;
  state: ImportRow['organization']['state'];
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
  group: Group;
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

const GROUP_WORDS: Record<Group, string> = {
  likely: 'Likely the same',
  conflict: 'Conflict',
  new: 'New',
  unusable: 'Name cannot be used',
  inactive: 'Inactive or archived',
  linked: 'Linked already',
};
const ORDER: Group[] = ['new', 'likely', 'conflict', 'unusable', 'inactive', 'linked'];
const CHOICE_WORDS: Record<Choice, string> = {
  create: 'Create a customer',
  link: 'Link to the existing customer',
  skip: 'Leave out',
};
/** No filter: a choice must have a value. */
export const ALL = '*';
const BULK_WORDS: Record<Choice, string> = { create: 'Create', link: 'Link', skip: 'Leave out' };
const TABS_PER_ROW = 2;
const COLOURS: Partial<Record<Group, Tone>> = { likely: 'accent', conflict: 'attention' };

const render = presenter(template);

/**
 * What an import found, one group and page at a time (verb `importReview`), with a choice on each row. Every
 * button carries the page's choices. The name of a row's input contains what it showed, so that only this
 * person's changes are applied.
 */
export const importReviewCard = (data: ImportReviewData): Card => {
  const to = (more: object) => ({ runId: data.runId, group: data.group, page: data.page, ...more });
  return render({
    runId: data.runId,
    heading: `Import from ${data.integration}`,
    speak: data.problem || `Import from ${data.integration}: ${summaryOf(data)}`,
    summary: summaryOf(data),
    problem: data.problem ?? '',
    tabRows: tabsOf(data),
    search: data.search,
    searchData: to({ do: 'show', page: 0 }),
    filters: [
      ...filterOf('statusName', 'Status', data.statuses, data.statusName),
      ...filterOf('typeName', 'Type', data.types, data.typeName),
    ],
    found: foundOf(data),
    rows: data.rows.map((row) => rowOf(row, data.group)),
    pages: pageButtons(data, (page) => to({ do: 'show', page })),
    bulkRows: bulkOf(data),
    plan: planOf(data),
    canApply: data.plan.create + data.plan.link > 0,
    applyTitle: `Apply: ${deedsOf(data)}`,
    applyData: to({ create: data.plan.create, link: data.plan.link }),
    saveData: to({ do: 'show' }),
  });
};

function summaryOf({ counts, bad, unlisted }: ImportReviewData): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const left = bad > 0 ? ` ${counted(bad, 'row')} could not be read or came twice.` : '';
  const more =
    unlisted > 0
      ? ` The vendor counts ${unlisted.toLocaleString('en')} more, which its list did not give: import again later.`
      : '';
  return `${counted(all, 'organization')} found.${left}${more} Nothing is created or linked until you apply.`;
}

function tabsOf({ runId, counts, group }: ImportReviewData) {
  const tabs = ORDER.map((each) => ({
    title: `${each === group ? '● ' : ''}${GROUP_WORDS[each]} (${counts[each].toLocaleString('en')})`,
    data: { runId, group: each, page: 0, do: 'show' },
  }));
  return rowsOf(tabs, TABS_PER_ROW).map((row) => ({ tabs: row }));
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
  if (data.total === 0) return data.search ? 'Nothing here matches the search.' : 'Nothing here.';
  return `${GROUP_WORDS[data.group]}: ${rangeOf(data)}`;
}

function rowOf(row: ImportReviewRow, group: Group) {
  const known = row.state === 'active' || row.statusName?.toLowerCase() === row.state;
  const state = known ? [] : [row.state];
  const facts = [row.statusName, row.typeName, ...state].filter(Boolean);
  const customer = row.customerName ? `Customer: ${row.customerName}.` : '';
  const because = [customer, row.because].filter(Boolean).join(' ');
  const tone = COLOURS[group] ?? 'neutral';
  return {
    name: row.name || '(without a name)',
    detail: facts.join(' · '),
    because: because && `${signOf(tone)}${because}`,
    colour: colourOf(tone),
    input: inputOf(row),
    chosen: row.choice ?? '',
    choices: (row.choices.length > 1 ? row.choices : []).map((value) => ({
      value,
      title: CHOICE_WORDS[value],
    })),
  };
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

/**
 * Sets one choice for all matching rows, and for the rows of this page when there are more pages. Rows in
 * conflict are created or linked one by one.
 */
function bulkOf(data: ImportReviewData) {
  const { runId, group, page, perPage, total, search, statusName, typeName } = data;
  if (group === 'linked' || group === 'unusable' || total === 0) return [];
  const found = search || statusName || typeName ? ' found' : '';
  const link = data.rows.some(({ choices }) => choices.includes('link'));
  const deeds = [...(link ? ['link' as const] : []), 'create' as const, 'skip' as const];
  const row = (deed: 'all' | 'page', which: string, choices: Choice[]) => ({
    bulk: choices.map((choice) => ({
      title: `${BULK_WORDS[choice]} ${which}`,
      data: { runId, group, page, do: deed, choice },
    })),
  });
  const offered = group === 'conflict' ? ['skip' as const] : deeds;
  const all = row('all', `all ${total.toLocaleString('en')}${found}`, offered);
  return total > perPage ? [all, row('page', 'this page', offered)] : [all];
}

const deedsOf = ({ plan: { create, link } }: ImportReviewData): string =>
  [
    ...(create > 0 ? [`create ${counted(create, 'customer')}`] : []),
    ...(link > 0 ? [`link ${link.toLocaleString('en')}`] : []),
  ].join(', ');

function planOf(data: ImportReviewData): string {
  const { skip, undecided } = data.plan;
  const deeds = deedsOf(data) || 'nothing to do yet';
  const left = `${skip.toLocaleString('en')} left out, ${undecided.toLocaleString('en')} not decided`;
  return `Chosen: ${deeds}; ${left}.`;
}
