import { audited } from '../audit/recordAudit';
import { conflict } from '../errors';
import type { OrganizationSource } from '../organizations/ports';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { type ApplyDeps, applyRow, type RowResult } from './applyRow';
import { changePage, changeRun, runById } from './changeRun';
import { clashOf } from './clash';
import { NO_RESULTS, plusResults, type Results } from './counts';
import { goneUpstream, isPending } from './goneUpstream';
import type { ImportPage, ImportRow, ImportRun } from './importRun';
import { storedPages } from './reading/storedPages';
import { type Plan, planOf } from './reviewPage';
import type { ImportDeps } from './startImport';

export type ApplyImportDeps = ImportDeps & ApplyDeps;

/** So many rows are worked on together, and saved together. */
const BATCH = 25;

/**
 * Closes the review and applies what the person saw (`seen`: create and link of the plan they confirmed).
 * Closing it again changes nothing. Throws conflict when the choices changed since, and when two
 * organizations would become one customer.
 */
export async function startApply(
  deps: ImportDeps,
  actor: Actor,
  request: { runId: string; seen: Pick<Plan, 'create' | 'link'>; requestId: string },
): Promise<Stored<ImportRun>> {
  permit(actor, 'organizations.import');
  permit(actor, 'customers.write');
  const run = await runById(deps, request.runId);
  if (run.value.state === 'applying' || run.value.state === 'done') return run;
  if (run.value.state !== 'review') throw conflict('This import has ended. Nothing was changed.');
  const plan = await planOf(deps, run);
  if (plan.create !== request.seen.create || plan.link !== request.seen.link)
    throw conflict('The choices were changed meanwhile. Look at them again, then apply.');
  const clash = await clashOf(deps, run);
  if (clash)
    throw conflict(
      `Two organizations would both become the customer ${clash}. Nothing was applied. Choose one of them.`,
    );
  const after = `${plan.create} to create, ${plan.link} to link`;
  const entry = { action: 'import.apply', target: run.value.integrationName, after } as const;
  return audited(deps, actor, request.requestId, entry, () =>
    changeRun(deps, run.id, (current) =>
      current.state === 'review'
        ? { ...current, state: 'applying', applyRequest: request.requestId }
        : undefined,
    ),
  );
}

/** Opens the review again when nothing could be applied; the choices stay. */
export const reopenReview = (deps: Needs<'importRuns'>, runId: string): Promise<Stored<ImportRun>> =>
  changeRun(deps, runId, (run) => (run.state === 'applying' ? { ...run, state: 'review' } : undefined));

/**
 * Applies a run from where it stands to its end, or until somebody cancels it. After each batch is saved,
 * `onBatch` hears how far the run is; what it throws ends the work. Any instance may run it again from any
 * point: the stored rows count the results. Throws SourceRefused when the vendor must be asked and cannot be;
 * what was applied stays.
 */
export async function applyImport(
  deps: ApplyImportDeps,
  actor: Actor,
  source: Pick<OrganizationSource, 'one' | 'page'>,
  runId: string,
  onBatch: (results: Results) => Promise<void>,
): Promise<Stored<ImportRun>> {
  permit(actor, 'organizations.import');
  permit(actor, 'customers.write');
  const run = await runById(deps, runId);
  const goneOf = await goneUpstream(deps, source, run);
  let results = NO_RESULTS;
  for await (const page of storedPages(deps.stores.importPages, runId, run.value.pagesRead)) {
    let current = page.value;
    for (let batch = nextBatch(current); batch.length > 0; batch = nextBatch(current)) {
      if ((await runById(deps, runId)).value.state !== 'applying') return noteResults(deps, runId);
      const done = await applyBatch(deps, actor, run.value, batch, await goneOf(batch));
      current = (await changePage(deps, runId, current.number, withResults(done))).value;
      await onBatch(plusResults(results, current.rows));
    }
    results = plusResults(results, current.rows);
  }
  return finish(deps, runId, results);
}

const nextBatch = ({ rows }: ImportPage): ImportRow[] => rows.filter(isPending).slice(0, BATCH);

async function applyBatch(
  deps: ApplyImportDeps,
  actor: Actor,
  run: ImportRun,
  rows: readonly ImportRow[],
  isGone: (id: string) => boolean,
): Promise<Map<string, RowResult>> {
  const done = new Map<string, RowResult>();
  const apply = async (row: ImportRow) => {
    const result = await applyRow(deps, actor, run, row, isGone);
    if (result) done.set(row.organization.id, result);
  };
  await Promise.all(rows.map(apply));
  return done;
}

const withResults =
  (done: ReadonlyMap<string, RowResult>) =>
  (page: ImportPage): ImportPage => ({
    ...page,
    rows: page.rows.map((row) => {
      const result = done.get(row.organization.id);
      return result && !row.result ? { ...row, result } : row;
    }),
  });

/** Writes down how far a run is, counted from the stored rows. */
export async function noteResults(
  deps: Needs<'importRuns' | 'importPages'>,
  runId: string,
): Promise<Stored<ImportRun>> {
  const { pagesRead } = (await runById(deps, runId)).value;
  let results = NO_RESULTS;
  for await (const { value } of storedPages(deps.stores.importPages, runId, pagesRead))
    results = plusResults(results, value.rows);
  return changeRun(deps, runId, (run) => ({ ...run, results }));
}

const finish = (deps: ImportDeps, runId: string, results: Results): Promise<Stored<ImportRun>> =>
  changeRun(deps, runId, (run) =>
    run.state === 'applying'
      ? { ...run, state: 'done', results, finishedAt: deps.clock.now() }
      : { ...run, results },
  );
