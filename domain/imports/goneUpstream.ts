import type { OrganizationSource } from '../organizations/ports';
import { readList } from '../organizations/readList';
import type { Clock, Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { ImportRow, ImportRun } from './importRun';
import { storedPages } from './reading/storedPages';

const MINUTE = 60_000;
/**
 * Asks the vendor for up to so many chosen organizations one by one; for more, it reads a new list when the
 * old one has aged.
 */
const LOOKED_UP = 50;
const FRESH_MS = 10 * MINUTE;

/** Asks for up to so many that a new list leaves out, one by one. A missing row in a list proves nothing. */
const MOST_ASKED = 200;

/** True while nothing was done with the row yet. */
export const isPending = ({ group, result }: ImportRow): boolean => group !== 'linked' && !result;

const isChosen = ({ choice }: ImportRow): boolean => choice === 'create' || choice === 'link';

/**
 * Resolves to a function that says which organizations of some rows are gone at the vendor. A few are looked
 * up with their own batch, so a finished batch is not asked for again. Both throw SourceRefused when the
 * vendor does not answer.
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
