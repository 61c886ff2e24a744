import { type AuditDeps, audited } from '../audit/recordAudit';
import { conflict, notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import type { Stores } from '../stores/stores';
import { NO_COUNTS, NO_RESULTS } from './counts';
import type { ImportRun } from './importRun';

export type ImportDeps = AuditDeps & Needs<'integrations' | 'importRuns' | 'importPages', 'random'>;

/** How many days people can look at a run and what it found. */
const IMPORT_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Begins to import an integration's organizations, or joins the import of it that is open (`joined`), even
 * when two people begin in the same second. Throws notFound, and conflict for a paused integration.
 */
export async function startImport(
  deps: ImportDeps,
  actor: Actor,
  request: { integrationId: string; requestId: string },
): Promise<{ run: Stored<ImportRun>; joined: boolean }> {
  permit(actor, 'organizations.import');
  const { integrationId, requestId } = request;
  const open = await openRunOf(deps.stores.importRuns, integrationId);
  if (open) return { run: open, joined: true };
  const integration = await deps.stores.integrations.get(integrationId);
  if (!integration) throw notFound('That integration is not here any more. Type “integrations”.');
  const { name, state } = integration.value;
  if (state === 'paused') throw conflict(`${name} is paused. An admin can resume it under “integrations”.`);
  return audited(deps, actor, requestId, { action: 'import.start', target: name }, () =>
    insertOrJoin(deps, newRun(deps, actor, integrationId, name)),
  );
}

/** The import of this integration that is running or waits for a decision. */
const openRunOf = (
  runs: Stores['importRuns'],
  integrationId: string,
): Promise<Stored<ImportRun> | undefined> => runs.find('open', integrationId);

async function insertOrJoin(deps: ImportDeps, run: ImportRun) {
  const begun = await insertOnce(deps.stores.importRuns, deps.random.id(), run);
  if (begun) return { run: begun, joined: false };
  const open = await openRunOf(deps.stores.importRuns, run.integrationId);
  if (!open) throw conflict('That import has just ended. Start it again.');
  return { run: open, joined: true };
}

function newRun(deps: ImportDeps, actor: Actor, integrationId: string, integrationName: string): ImportRun {
  const now = deps.clock.now();
  return {
    integrationId,
    integrationName,
    startedBy: { id: actor.id, name: actor.name },
    startedAt: now,
    state: 'reading',
    pagesRead: 0,
    statuses: [],
    types: [],
    counts: NO_COUNTS,
    bad: 0,
    results: NO_RESULTS,
    expiresAt: now + IMPORT_DAYS * DAY,
  };
}
