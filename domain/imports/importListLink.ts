import { z } from 'zod';
import { conflict } from '../errors';
import type { LinkKind } from '../links/linkPolicy';
import { type OwnerDeps, openForOwner, useLink } from '../links/useLink';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { runById } from './changeRun';
import { type ImportRun, isOpen } from './importRun';

const facts = z.object({ runId: z.string() });
type Facts = z.output<typeof facts>;

/** Opens the list of an import that has ended, as often as the person likes. */
export const importListLink: LinkKind<Facts, Facts, Needs<'importRuns'>> = {
  kind: 'importList',
  path: '/imports/list',
  permission: 'organizations.import',
  lifeMs: 10 * 60_000,
  once: false,
  bindsBrowser: 'owner',
  facts,
  words: {
    notOpen:
      'This link is unknown or older than ten minutes. Choose “Get the list” on the import’s card again.',
  },
  /** Throws notFound for an import that is gone, conflict for one that still runs. */
  async prepare(deps, { runId }) {
    const run = await runById(deps, runId);
    if (isOpen(run.value)) throw conflict('This import is not finished. You can get its list when it ends.');
    return { facts: { runId } };
  },
};

export type ListLinkDeps = OwnerDeps & Needs<'importRuns'>;

/**
 * The import behind a link, on the first visit and later ones. Throws as `openForOwner`, and notFound for an
 * import that is gone.
 */
export async function openListLink(deps: ListLinkDeps, handle: string): Promise<Stored<ImportRun>> {
  const { link } = await openForOwner(deps, importListLink, handle);
  await useLink(deps, importListLink, link);
  return runById(deps, link.value.facts.runId);
}
