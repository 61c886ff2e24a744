import { VersionConflict } from '../../errors';
import { sourceSentence } from '../../integrations/sourceSentences';
import { type OrganizationPage, type OrganizationSource, SourceRefused } from '../../organizations/ports';
import type { Stored } from '../../ports';
import { changeRun, failImport, runById } from '../changeRun';
import { noteClaim, withConflicts } from '../claims';
import { countsOf, plus } from '../counts';
import { type ImportPage, type ImportRow, type ImportRun, pageIdOf } from '../importRun';
import { rowOf } from '../rowOf';
import type { RunIndex } from '../runIndex';
import type { ImportDeps } from '../startImport';
import { eachInTurn } from './pause';
import { settleReading } from './settleReading';

/** Far above what any account holds: a longer list is refused. */
const MOST_PAGES = 2_000;
const MOST_ROWS = 200_000;
const MOST_NAMES = 40;

/**
 * Takes an import one step on: reads one page, or settles the run when there is no more. Resolves to the run
 * as it stands then; its state is `reading` while there is more to do. Safe to repeat after a crash at any
 * point: a page counts when the run says so, and its stored rows are written anew until then. Throws
 * VersionConflict when another instance works on it, and SourceRefused for trouble that passes: the run goes
 * on from where it is. Any other refusal ends the run with its sentence.
 */
export async function readNextPage(
  deps: ImportDeps,
  source: Pick<OrganizationSource, 'page'>,
  index: RunIndex,
  runId: string,
): Promise<Stored<ImportRun>> {
  const run = await runById(deps, runId);
  if (run.value.state !== 'reading') return run;
  if (run.value.pagesRead > 0 && run.value.next === undefined) return settleReading(deps, run, index);
  const id = pageIdOf(runId, run.value.pagesRead + 1);
  const known = await deps.stores.importPages.get(id);
  try {
    const read = await source.page(run.value.next);
    const page = await pageOf(index, run, read);
    refuseEndless(run.value, read, page);
    await (known ? deps.stores.importPages.replace(known, page) : deps.stores.importPages.insert(id, page));
    return await counted(deps, run, read, page, index);
  } catch (error) {
    if (error instanceof SourceRefused && !isPassing(error, run.value))
      return failImport(deps, runId, sourceSentence(error));
    throw error;
  }
}

/**
 * True when the same account may answer in some minutes, without a change by anybody. This includes a host
 * that answered before.
 */
export const isPassing = ({ refusal }: SourceRefused, { pagesRead }: ImportRun): boolean =>
  refusal === 'throttled' ||
  refusal === 'unavailable' ||
  ((refusal === 'unreachable' || refusal === 'brokenOff') && pagesRead > 0);

async function pageOf(
  index: RunIndex,
  { id, value }: Stored<ImportRun>,
  read: OrganizationPage,
): Promise<ImportPage> {
  const rows = new Map<string, ImportRow>();
  const bad = [...read.bad];
  await eachInTurn(read.organizations, (organization) => {
    if (index.seen.has(organization.id) || rows.has(organization.id))
      bad.push({ id: organization.id, why: 'It was listed twice; it is kept once.' });
    else rows.set(organization.id, rowOf(index, organization));
  });
  const { expiresAt, pagesRead } = value;
  const page = { runId: id, number: pagesRead + 1, rows: [...rows.values()], bad, expiresAt };
  for (const row of page.rows) noteClaim(index.claims, row, page.number);
  return withConflicts(index.claims, page) ?? page;
}

function refuseEndless(run: ImportRun, read: OrganizationPage, page: ImportPage): void {
  if (read.next === undefined) return;
  const onlyRepeats = read.organizations.length > 0 && page.rows.length === 0;
  const found = Object.values(run.counts).reduce((sum, count) => sum + count, page.rows.length);
  if (read.next === run.next || onlyRepeats || page.number >= MOST_PAGES || found >= MOST_ROWS)
    throw new SourceRefused('endless');
}

const takenOver = ({ id }: Stored<ImportRun>) => new VersionConflict('importRuns', id);

/** Counts the page from here on. A run that somebody cancelled meanwhile stays as it is. */
async function counted(
  deps: ImportDeps,
  run: Stored<ImportRun>,
  read: OrganizationPage,
  page: ImportPage,
  index: RunIndex,
): Promise<Stored<ImportRun>> {
  const after = await changeRun(deps, run.id, (current) => {
    if (current.state !== 'reading') return undefined;
    if (current.pagesRead !== run.value.pagesRead) throw takenOver(run);
    return withPage(current, read, page, deps.clock.now());
  });
  for (const { organization } of page.rows) index.seen.add(organization.id);
  index.counts.set(page.number, countsOf(page.rows));
  return after;
}

function withPage(
  run: ImportRun,
  read: OrganizationPage,
  { rows, bad, number }: ImportPage,
  now: number,
): ImportRun {
  const { next: _read, ...rest } = run;
  const totalPages = read.totalPages ?? run.totalPages;
  const counts = plus(run.counts, rows);
  const found = Object.values(counts).reduce((sum, count) => sum + count, run.bad + bad.length);
  const unlisted = read.next === undefined && read.total !== undefined ? read.total - found : 0;
  return {
    ...rest,
    ...(read.next === undefined ? { readAt: now } : { next: read.next }),
    ...(unlisted > 0 && { unlisted }),
    pagesRead: number,
    ...(totalPages !== undefined && { totalPages }),
    statuses: namesOf(run.statuses, rows, 'statusName'),
    types: namesOf(run.types, rows, 'typeName'),
    counts,
    bad: run.bad + bad.length,
  };
}

function namesOf(known: string[], rows: readonly ImportRow[], key: 'statusName' | 'typeName'): string[] {
  const names = new Set(known);
  for (const { organization } of rows) {
    const name = organization[key];
    if (name && names.size < MOST_NAMES) names.add(name);
  }
  return [...names];
}
