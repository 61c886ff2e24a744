import type { OrganizationSource } from '../organizations/ports';
import type { Stored } from '../ports';
import type { ImportRow, ImportRun } from './importRun';
import type { ImportDeps } from './startImport';
import { storedPages } from './storedPages';

const MINUTE = 60_000;
/** Up to so many chosen organizations are looked up one by one; more are looked for in a new list when the old one has aged. */
const LOOKED_UP = 50;
const FRESH_MS = 10 * MINUTE;

/** Nothing became of it yet. */
export const isPending = ({ group, result }: ImportRow): boolean => group !== 'linked' && !result;

const isChosen = ({ choice }: ImportRow): boolean => choice === 'create' || choice === 'link';

/**
 * Resolves to what says which of some rows' organizations are gone upstream. A few are looked up with their batch, so
 * that those of a batch that is done are not asked for again. Both throw SourceRefused when that cannot be found out.
 */
export async function goneUpstream(
  deps: Pick<ImportDeps, 'importPages' | 'clock'>,
  source: Pick<OrganizationSource, 'one' | 'page'>,
  run: Stored<ImportRun>,
): Promise<(batch: readonly ImportRow[]) => Promise<(id: string) => boolean>> {
  let chosen = 0;
  for await (const { value } of storedPages(deps.importPages, run.id, run.value.pagesRead))
    chosen += value.rows.filter((row) => isPending(row) && isChosen(row)).length;
  if (chosen <= LOOKED_UP) return (batch) => lookedUp(source, batch);
  if (deps.clock.now() - (run.value.readAt ?? 0) < FRESH_MS) return async () => () => false;
  const present = await idsOf(source);
  return async () => (id) => !present.has(id);
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

async function idsOf(source: Pick<OrganizationSource, 'page'>): Promise<Set<string>> {
  const ids = new Set<string>();
  let token: string | undefined;
  do {
    const { organizations, next } = await source.page(token);
    const before = ids.size;
    for (const { id } of organizations) ids.add(id);
    token = next === token || ids.size === before ? undefined : next;
  } while (token !== undefined);
  return ids;
}
