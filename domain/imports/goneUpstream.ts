import type { OrganizationSource } from '../organizations/ports';
import { readList } from '../organizations/readList';
import type { Clock, Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { ImportRow, ImportRun } from './importRun';
import { storedPages } from './reading/storedPages';

const MINUTE = 60_000;
/** Up to so many chosen organizations are looked up one by one; more are looked for in a new list when the old one has aged. */
const LOOKED_UP = 50;
const FRESH_MS = 10 * MINUTE;

/**
 * Of those that a new list leaves out so many are asked for one by one; none is gone because a list says
 * nothing of it.
 */
const MOST_ASKED = 200;

/** Nothing became of it yet. */
export const isPending = ({ group, result }: ImportRow): boolean => group !== 'linked' && !result;

const isChosen = ({ choice }: ImportRow): boolean => choice === 'create' || choice === 'link';

/**
 * Resolves to what says which of some rows' organizations are gone upstream. A few are looked up with their batch, so
 * that those of a batch that is done are not asked for again. Both throw SourceRefused when that cannot be found out.
 */
export async function goneUpstream(
  deps: Needs<'importPages', 'clock'>,
  source: Pick<OrganizationSource, 'one' | 'page'>,
  run: Stored<ImportRun>,
): Promise<(batch: readonly ImportRow[]) => Promise<(id: string) => boolean>> {
  let chosen = 0;
  for await (const { value } of storedPages(deps.stores.importPages, run.id, run.value.pagesRead))
    chosen += value.rows.filter((row) => isPending(row) && isChosen(row)).length;
  if (chosen <= LOOKED_UP) return (batch) => lookedUp(source, batch);
  if (deps.clock.now() - (run.value.readAt ?? 0) < FRESH_MS) return async () => () => false;
  const present = await idsOf(source, deps.clock);
  let left = MOST_ASKED;
  return (batch) => {
    const missing = batch.filter((row) => isChosen(row) && !present.has(row.organization.id)).slice(0, left);
    left -= missing.length;
    return lookedUp(source, missing);
  };
}

async function lookedUp(
  source: Pick<OrganizationSource, 'one'>,
  batch: readonly ImportRow[],
): Promise<(id: string) => boolean> {
  const gone = new Set<string>();
  for (const { organization } of batch.filter(isChosen))
    if (!(await source.one(organization.id))) gone.add(organization.id);
  return (id) => gone.has(id);
}

async function idsOf(source: Pick<OrganizationSource, 'page'>, clock: Clock): Promise<Set<string>> {
  const ids = new Set<string>();
  await readList(source, clock, ({ organizations, bad }) => {
    for (const { id } of [...organizations, ...bad]) ids.add(id);
  });
  return ids;
}
