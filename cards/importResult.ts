import type { ImportRow, ImportRun } from '../domain/imports/importRun';
import { type Page, pageButtons, rangeOf } from './fragments/pager';
import template from './importResult.json';
import { type Card, colourOf, presenter, type Tone } from './shared/card';
import { counted } from './shared/format';

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
  rows: { name: string; outcome: Outcome; reason?: string }[];
  total: number;
  /** From 0. */
  page: number;
  perPage: number;
  problem?: string;
  /** Present when only one person sees this version of the card: where the list is, and until when. */
  list?: { url: string; until: string };
}

const WORDS: Record<Outcome, string> = {
  created: 'Created',
  linked: 'Linked',
  skipped: 'Left out',
  failed: 'Failed',
};
const TONES: Record<Outcome, Tone> = {
  created: 'good',
  linked: 'good',
  skipped: 'neutral',
  failed: 'attention',
};
export const OUTCOMES = ['failed', 'created', 'linked', 'skipped'] as const;

const render = presenter(template);

/**
 * What an import did, with its list by outcome and the reasons (verb `importResult`), and a way to the whole
 * list as a file (verb `importList`).
 */
export const importResultCard = (data: ImportResultData): Card =>
  render({
    heading: `Import from ${data.integration}`,
    integrationId: data.integrationId,
    ...verdictOf(data),
    speak: `Import from ${data.integration}: ${verdictOf(data).line}`,
    detail: data.note ?? '',
    problem: data.problem ?? '',
    tabs: OUTCOMES.filter((each) => data.results[each] > 0).map((each) => ({
      title: `${each === data.outcome ? '● ' : ''}${WORDS[each]} (${data.results[each].toLocaleString('en')})`,
      data: { runId: data.runId, outcome: each, page: 0 },
    })),
    rows: data.rows.map(({ name, outcome, reason }) => ({
      name: name || '(without a name)',
      outcome: [WORDS[outcome], reason].filter(Boolean).join(': '),
      colour: colourOf(TONES[outcome]),
    })),
    listed: data.list
      ? `The list of all organizations can be downloaded until ${data.list.until}. Only you can open it: sign in with your work account.`
      : '',
    url: data.list?.url ?? '',
    listTitle: data.list ? 'New link' : 'Get the list',
    listData: { runId: data.runId, outcome: data.outcome, page: data.page },
    found: data.rows.length > 0 ? rangeOf(data) : '',
    pages: pageButtons(data, (page) => ({ runId: data.runId, outcome: data.outcome, page })),
  });

function verdictOf({ state, results }: ImportResultData): { style: string; line: string } {
  const { created, linked, skipped, failed } = results;
  const counts = `${counted(created, 'customer')} created, ${linked.toLocaleString('en')} linked, ${skipped.toLocaleString('en')} left out, ${failed.toLocaleString('en')} failed`;
  if (state === 'cancelled') return { style: 'warning', line: `⚠ Cancelled: ${counts}` };
  if (state === 'failed') return { style: 'attention', line: `✗ It could not go on: ${counts}` };
  return failed > 0
    ? { style: 'warning', line: `⚠ Finished: ${counts}` }
    : { style: 'good', line: `✓ Finished: ${counts}` };
}
