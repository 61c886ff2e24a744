import type { ImportRow, ImportRun } from '../domain/imports/importRun';
import { headerOf } from './fragments/header';
import { type Button, commandButton, type LinkButton, moreOf } from './fragments/more';
import { type Page, pagerOf } from './fragments/pager';
import { rowOf } from './fragments/row';
import template from './importResult.json';
import { type Card, presenter, type Tone } from './shared/card';
import { counted } from './shared/format';
import { line, time } from './shared/time';

type Outcome = NonNullable<ImportRow['result']>['outcome'];

export interface ImportResultData extends Page {
  runId: string;
  integrationId: string;
  integration: string;
  state: 'done' | 'cancelled' | 'failed';
  results: ImportRun['results'];
  /** A further remark: what happens next, or why it failed. */
  note?: string;
  /** Which list the card shows. */
  outcome: Outcome;
  rows: { name: string; reason?: string }[];
  total: number;
  /** From 0. */
  page: number;
  perPage: number;
  problem?: string;
  /** Present when only one person sees this version of the card: where the list is, and until when. */
  list?: { url: string; until: number };
}

const WORDS: Record<Outcome, string> = {
  created: 'Created',
  linked: 'Linked',
  skipped: 'Skipped',
  failed: 'Failed',
};
export const OUTCOMES = ['failed', 'created', 'linked', 'skipped'] as const;

const render = presenter(template);

/**
 * What an import did, with its list by outcome and the reasons (verb `importResult`), and a way to the whole
 * list as a file (verb `importList`).
 */
export function importResultCard(data: ImportResultData): Card {
  const { runId, outcome, list, rows } = data;
  const heading = `Import from ${data.integration}`;
  const { tone, under } = verdictOf(data);
  return render({
    ...headerOf({ heading, under, tone }),
    speak: `${heading}: ${under}`,
    detail: data.note ?? '',
    problem: data.problem ?? '',
    tabs: OUTCOMES.filter((each) => data.results[each] > 0).map((each) => ({
      title: `${each === outcome ? '● ' : ''}${WORDS[each]} (${data.results[each].toLocaleString('en')})`,
      data: { runId, outcome: each, page: 0 },
    })),
    rows: rows.map(shownRow),
    pager: rows.length > 0 ? [pagerOf(data, 'importResult', (page) => ({ runId, outcome, page }))] : [],
    listed: list
      ? line`The list can be downloaded until ${time(list.until)}. Only you can open it: sign in with your work account.`
      : '',
    buttons: moreOf(buttonsOf(data)),
  });
}

/** The list says what became of it; the row says why. */
const shownRow = ({ name, reason = '' }: ImportResultData['rows'][number]) =>
  rowOf({ title: name || '(without a name)', under: reason });

function buttonsOf({ runId, integrationId, outcome, page, list }: ImportResultData): (Button | LinkButton)[] {
  const link = {
    title: list ? 'New link' : 'Get the list',
    verb: 'importList',
    data: { runId, outcome, page },
  };
  const again = { title: 'Import again', verb: 'importStart', data: { integrationId } };
  return [
    ...(list ? [{ title: 'Download the list (CSV)', url: list.url }] : []),
    link,
    commandButton('Customers', { command: 'customers' }),
    again,
  ];
}

function verdictOf({ state, results }: ImportResultData): { tone: Tone; under: string } {
  const { created, linked, skipped, failed } = results;
  const others = Object.entries({ linked, skipped, failed }).filter(([, count]) => count > 0);
  const counts = [
    `${counted(created, 'customer')} created`,
    ...others.map(([name, count]) => `${count.toLocaleString('en')} ${name}`),
  ].join(', ');
  if (state === 'cancelled') return { tone: 'warning', under: `⚠ Cancelled: ${counts}` };
  if (state === 'failed') return { tone: 'attention', under: `✗ It could not go on: ${counts}` };
  return failed > 0
    ? { tone: 'warning', under: `⚠ Finished: ${counts}` }
    : { tone: 'good', under: `✓ Finished: ${counts}` };
}
